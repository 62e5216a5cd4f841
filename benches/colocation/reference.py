"""The reference approach in NumPy, SciPy and scikit-learn, timed and scored on the pairs and slices of `validate`.

The Netherlands Forensic Institute's measurement pair classifier (telcell; Bosma and others 2020, Science & Justice 60, 180-190),
with the same choices as `crates/orochi-colocation/src/reference.rs`:

- one pair of registrations a slice: of those that follow one another, the one whose place is rarest in the second phone's history
  outside the slice, then the one closest in time;
- logistic regression on the standardised distance: pairs of one owner within two minutes against the second phone's registration
  with each of its own history;
- kernel densities of width 1 on its log odds, bounded by ELUB (Vergeer and others 2016, Science & Justice 56, 482-491).

Usage: reference.py FILE.csv SLICES.json PAIRS. SLICES.json is what `validate` wrote; the owners it trains on are all of the file's,
which favours it.
"""

import json
import sys
import time
from collections import defaultdict

import numpy as np
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

CLOSE_S, MAX_GAP_S, MOST = 120, 1800, 500
STEPS = np.arange(1, 1800) * 0.005


def read(path):
    """Registrations of each device, sorted by time: seconds, latitude, longitude; and the owner of each device."""
    import csv
    from datetime import datetime

    rows, owner = defaultdict(list), {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            stamp = row["timestamp"]
            at = int(stamp) if stamp.isdigit() else datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp()
            rows[row["device"]].append((at, float(row["latitude"]), float(row["longitude"])))
            owner[row["device"]] = row["owner"]
    return {device: np.array(sorted(all_)) for device, all_ in rows.items()}, owner


def metres(a, b):
    """Distance on a plane between places (rows of time, latitude, longitude)."""
    north = np.radians(a[..., 1] - b[..., 1])
    east = np.radians(a[..., 2] - b[..., 2]) * np.cos(np.radians((a[..., 1] + b[..., 1]) / 2))
    return 6_371_008.8 * np.hypot(north, east)


def switches(a, b, most_s):
    """Registrations that follow one another, one of each device: their places in both lists, and the seconds between."""
    at = np.concatenate([a[:, 0], b[:, 0]])
    which = np.concatenate([np.zeros(len(a), int), np.ones(len(b), int)])
    index = np.concatenate([np.arange(len(a)), np.arange(len(b))])
    order = np.argsort(at, kind="stable")
    at, which, index = at[order], which[order], index[order]
    gap = np.diff(at)
    here = np.flatnonzero((which[1:] != which[:-1]) & (gap <= most_s))
    first_is_a = which[here] == 0
    i = np.where(first_is_a, index[here], index[here + 1])
    j = np.where(first_is_a, index[here + 1], index[here])
    return i, j, gap[here]


def thin(values):
    return values[:: max(1, -(-len(values) // MOST))]


def elub(same, different):
    """Bounds of log10 ratios, one misleading case added to either side."""
    same, different = np.sort(np.append(same, -np.inf)), np.sort(np.append(different, np.inf))

    def reached(sign):
        threshold = sign * STEPS
        missed = np.searchsorted(same, threshold, "right") / len(same)
        alarms = 1 - np.searchsorted(different, threshold, "right") / len(different)
        ratio = 10.0**threshold
        stops = np.flatnonzero(np.minimum(ratio, 1) < missed + ratio * alarms)
        count = stops[0] if len(stops) else len(STEPS)
        return threshold[count - 1] if count else 0.0

    return reached(-1), reached(1)


def log10_densities(scores, at):
    """Of a kernel density of width 1, less a constant."""
    return (logsumexp(-((at[:, None] - scores[None, :]) ** 2) / 2, axis=1) - np.log(len(scores))) / np.log(10)


def ratio(same, different, distance):
    """Logistic regression, kernel densities and bounds over distances; and the log10 ratio of one distance."""
    distances = np.concatenate([same, different])[:, None]
    is_same = np.concatenate([np.ones(len(same)), np.zeros(len(different))])
    scale = StandardScaler().fit(distances)
    fitted = LogisticRegression(class_weight="balanced").fit(scale.transform(distances), is_same)
    odds = fitted.decision_function(scale.transform(distances))
    at = fitted.decision_function(scale.transform([[distance]]))
    of_same, of_different = odds[is_same == 1], odds[is_same == 0]
    every = np.concatenate([odds, at])
    ratios = log10_densities(of_same, every) - log10_densities(of_different, every)
    lower, upper = elub(ratios[: len(same)], ratios[len(same) : -1])
    return float(np.clip(ratios[-1], lower, upper))


def rate(a, b, same, spans):
    """One ratio for each slice of two devices; none where there is nothing to go by."""
    i, j, gap = switches(a, b, MAX_GAP_S)
    names = np.round(b[:, 1] * 1e5).astype(np.int64) * 40_000_000 + np.round(b[:, 2] * 1e5).astype(np.int64)
    found = []
    for begin, end in spans:
        outside = (b[:, 0] < begin) | (b[:, 0] >= end)
        inside = (a[i, 0] >= begin) & (a[i, 0] < end) & ~outside[j]
        if not inside.any() or not outside.any():
            found.append(None)
            continue
        known, counts = np.unique(names[outside], return_counts=True)
        place = np.minimum(np.searchsorted(known, names[j[inside]]), len(known) - 1)
        count = np.where(known[place] == names[j[inside]], counts[place], 0)
        best = np.lexsort((gap[inside], count))[0]
        here, there = a[i[inside][best]], b[j[inside][best]]
        found.append(ratio(same, thin(metres(there, b[outside])), float(metres(here, there))))
    return found


def cllr(same, different):
    bits = lambda log10: np.logaddexp(0, np.asarray(log10) * np.log(10)) / np.log(2)
    return (bits(-np.asarray(same)).mean() + bits(different).mean()) / 2


def main():
    tracks, owner = read(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        slices = json.load(file)["slices"]
    of = defaultdict(list)
    for one in slices:
        of[one["a"], one["b"]].append(one)
    # As many pairs of one owner as of two, in the order of the file: a Cllr counts both alike.
    wanted = int(sys.argv[3])
    same = [pair for pair in of if owner[pair[0]] == owner[pair[1]]][: wanted // 2]
    different = [pair for pair in of if owner[pair[0]] != owner[pair[1]]]
    pairs = same + different[:: max(1, len(different) // (wanted - len(same)))][: wanted - len(same)]
    devices = defaultdict(list)
    for device in tracks:
        devices[owner[device]].append(device)
    begin = time.monotonic()
    close = []
    for mine in devices.values():
        for x, first in enumerate(mine):
            for second in mine[x + 1 :]:
                i, j, _ = switches(tracks[first], tracks[second], CLOSE_S)
                close.append(metres(tracks[first][i], tracks[second][j]))
    close = thin(np.concatenate(close))
    prepared = time.monotonic() - begin
    seconds = lambda text: np.datetime64(text.rstrip("Z"), "s").astype(int)
    cases = {"ours": ([], []), "reference": ([], [])}
    count, begin = 0, time.monotonic()
    for pair in pairs:
        spans = [(seconds(one["from"]), seconds(one["to"])) for one in of[pair]]
        for one, theirs in zip(of[pair], rate(tracks[pair[0]], tracks[pair[1]], close, spans)):
            count += 1
            if one["log10_lr"] is not None and theirs is not None:
                cases["ours"][not one["same"]].append(one["log10_lr"])
                cases["reference"][not one["same"]].append(theirs)
    taken = time.monotonic() - begin
    print(f"reference: prepared in {prepared:.2f} s; {len(pairs)} pairs, {count} slices in {taken:.2f} s")
    print(f"reference: {taken / len(pairs) * 1e6:.1f} µs a pair")
    for name, (one, two) in cases.items():
        print(f"{name}: Cllr {cllr(one, two):.3f} on {len(one)} slices of one owner and {len(two)} of two")


if __name__ == "__main__":
    main()
