"""Test kits for components: inherit the one for your kind, give it your component, and pytest runs its tests.

    class TestJot(ReaderKit):
        reader = JotReader()
        said = "What did you hope for? Fewer calls."

        def sample(self, folder):
            return write(folder / "talk.jot")

The built-in components are held to the same kits.
"""

from voc_engine.testing.embedders import EmbedderKit
from voc_engine.testing.export_formats import ExportFormatKit
from voc_engine.testing.import_formats import ImportFormatKit
from voc_engine.testing.mention_extractors import MentionExtractorKit
from voc_engine.testing.readers import ReaderKit
from voc_engine.testing.report_formats import ReportFormatKit
from voc_engine.testing.studies import example_study, no_study
from voc_engine.testing.topic_models import TopicModelKit

__all__ = [
    "EmbedderKit",
    "ExportFormatKit",
    "ImportFormatKit",
    "MentionExtractorKit",
    "ReaderKit",
    "ReportFormatKit",
    "TopicModelKit",
    "example_study",
    "no_study",
]
