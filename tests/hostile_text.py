"""Texts that try to be more than text: what any field of any file may hold."""

PAYLOADS = [
    "<script>window.__hit=1</script>", "<img src=x onerror=window.__hit=1>", "\"><svg onload=window.__hit=1>",
    "' onmouseover='window.__hit=1", "</title><script>window.__hit=1</script>", "</script><script>window.__hit=1",
    "javascript:window.__hit=1", "<a href=\"javascript:window.__hit=1\">x</a>", "<iframe src=https://example.org>",
    "<style>*{background:url(https://example.org/x)}</style>", "</style><b>", "--><script>window.__hit=1</script>",
    "<!-- open", "{{ 7*7 }}", "{% raw %}", "${7*7}", "`window.__hit=1`", "&lt;script&gt;", "&#60;script&#62;",
    "<details open ontoggle=window.__hit=1>", "<base href=https://example.org/>", "<form action=https://example.org>",
    "<meta http-equiv=refresh content=0;url=https://example.org>", "<link rel=stylesheet href=//example.org/x.css>",
    "<object data=x>", "<embed src=x>", "<math><mi xlink:href=javascript:window.__hit=1>", "</textarea><script>",
    "</svg><script>window.__hit=1</script>", "]]>", "<![CDATA[<script>", "%3Cscript%3E", "../../../etc/passwd",
    "..\\..\\x", "\u202eRTL", "\x00null", "a\rb", "line\u2028break", "😀\U0001f9d1\u200d🚀", "#\" id=\"page-main",
    "$\\frac{1}{0}$", "x" * 300, "://example.org/?q=1&r=2", "\ud800",
]  # fmt: skip
