"""Groupings to start from: several quick ones, since none of them suits groups of every shape and size."""

from __future__ import annotations

import numpy as np

from voc_engine.personas.plane import part, plane_points
from voc_engine.personas.space import Floats, Ints

SPLITTABLE = 6  # two halves of three people; fewer are no groups


def starts(matrix: Floats, k: int, before: Ints | None) -> list[Ints]:
    """Labels (people,) of k groups each: k-means and Ward in the plane, two normal mixtures, and each group of
    ``before`` (k - 1 groups) cut in two. ``matrix``: likeness (people, people)."""
    wide = plane_points(matrix, k)
    labels = [k_means(wide[:, : max(1, k - 1)], k), k_means(wide, k), hierarchical(wide, k)]
    labels += [_normal(wide, k, shape) for shape in ("tied", "spherical")]
    # One group cut in two is what the others start from already.
    for group in range(k - 1 if before is not None and before.any() else 0):
        rows = np.flatnonzero(before == group)
        if len(rows) >= SPLITTABLE:
            cut = np.array(before)
            cut[rows[k_means(plane_points(part(matrix, rows), 2), 2) == 1]] = k - 1
            labels.append(cut)
    return labels


def hierarchical(points: Floats, k: int) -> Ints:
    """Ward's hierarchical clustering cut at k groups."""
    from scipy.cluster.hierarchy import fcluster, linkage

    return np.asarray(fcluster(linkage(points, "ward"), k, "maxclust"), dtype=np.int64) - 1


def k_means(points: Floats, k: int) -> Ints:
    """k-means with three seeded starts."""
    from sklearn.cluster import KMeans

    return np.asarray(KMeans(k, n_init=3, random_state=0).fit(points).labels_, dtype=np.int64)


def _normal(points: Floats, k: int, shape: str) -> Ints:
    """The likeliest group of each person under normal groups, of one shape or of a width each."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a start need not be finished
        model = GaussianMixture(k, covariance_type=shape, random_state=0, reg_covar=1e-4)
        return np.asarray(model.fit_predict(points), dtype=np.int64)
