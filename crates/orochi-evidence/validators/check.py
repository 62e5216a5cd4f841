"""Reads each export with an independent reader of its format, then a copy broken on purpose, which the same check must refuse.

A reader that accepts everything would let everything pass; so every check here is checked.
"""

import csv
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def case_uco(path):
    """`case_validate` says "Conforms" of misspelt terms and exits 1: the exit code counts."""
    done = subprocess.run(["case_validate", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    graph = json.loads(path.read_text())["@graph"]
    assert {node["@type"] for node in graph} >= {
        "uco-observable:Call", "uco-observable:SMSMessage", "uco-observable:CellSite", "case-investigation:ProvenanceRecord",
    }


def ftm(path):
    """`ftm validate` drops what is invalid and exits 0: what comes out is compared with what went in, line by line."""
    done = subprocess.run(["ftm", "validate", "-i", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    went, came = path.read_text().splitlines(), done.stdout.splitlines()
    assert len(went) == len(came), f"{len(went)} lines in, {len(came)} out"
    for number, (line, back) in enumerate(zip(went, came), 1):
        line, back = json.loads(line), json.loads(back)
        for name, values in line["properties"].items():
            kept = back["properties"].get(name)
            assert kept == values, f"line {number}, {name}: {values} came back as {kept}"


def kml(path):
    from fastkml.validator import validate

    assert validate(file_to_validate=path) is not False
    assert "<Point" not in path.read_text(), "a pin"


def kmz(path):
    with zipfile.ZipFile(path) as packed, tempfile.TemporaryDirectory() as folder:
        assert packed.namelist()[0] == "doc.kml"
        kml(Path(packed.extract("doc.kml", folder)))


def geojson(path):
    from geojson_validator import validate_structure

    read = json.loads(path.read_text())
    assert validate_structure(read) == {}, validate_structure(read)
    assert "crs" not in read
    for feature in read["features"]:
        for ring in (feature["geometry"] or {}).get("coordinates", []):
            assert ring[0] == ring[-1], "an open ring"
            twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
            assert twice > 0, "a ring that goes clockwise"


def graphml(path):
    import networkx

    graph = networkx.read_graphml(path)
    assert graph.number_of_edges() > 0 and all("number" in data for _, data in graph.nodes(data=True))


def gexf(path):
    import networkx

    graph = networkx.read_gexf(path, version="1.2draft")
    assert graph.number_of_edges() > 0 and all(data["rows"] for _, _, data in graph.edges(data=True))


def anx(path):
    """Its form, and that links have their ends: no reader of charts is open."""
    from xml.etree import ElementTree

    chart = ElementTree.parse(path).getroot()
    assert chart.tag == "Chart"
    entities = {entity.get("EntityId") for entity in chart.iter("Entity")}
    links = list(chart.iter("Link"))
    assert links and all(link.get("End1Id") in entities and link.get("End2Id") in entities for link in links)


def timesketch(path):
    assert path.suffix == ".jsonl"
    lines = path.read_text().splitlines()
    assert lines
    for number, line in enumerate(lines, 1):
        line = json.loads(line)
        assert line.get("message") and line.get("timestamp_desc"), f"line {number} lacks a field that must be there"
        assert RFC3339.fullmatch(line.get("datetime", "")), f"line {number}: {line.get('datetime')} has no zone"
        assert line["source_rows"]
        for value in line.values():
            assert not isinstance(value, str) or len(value.encode()) <= 32766


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        read = list(csv.DictReader(file, strict=True))
    for row in read:
        assert None not in row and None not in row.values(), f"{path.name}: a row of another width"
        for value in row.values():
            assert not value or value[0] not in "=@\t" and (value[0] not in "+-" or re.fullmatch(r"[+-][\d .()-]*", value)), value
    return read


def tables(path):
    assert rows(path / "events.csv") and rows(path / "findings.csv")
    for file in path.glob("*.csv"):
        rows(file)


def i2(path):
    entities = {row["Identity"] for row in rows(path / "entities.csv")}
    links = rows(path / "links.csv")
    assert links and rows(path / "links_summary.csv")
    for name in entities:
        assert "-" not in name, f"i2 takes the hyphen of {name} for a minus"
    for link in links:
        assert link["End1 Identity"] in entities and link["End2 Identity"] in entities, link
        assert link["SourceReference"], link


def parquet(path):
    import pyarrow.parquet

    events = pyarrow.parquet.read_table(path / "events.parquet")
    links = pyarrow.parquet.read_table(path / "event_records.parquet")
    assert events.num_rows > 0 and set(events["event"].to_pylist()) == set(links["event"].to_pylist())


def tree_head(leaves):
    """RFC 6962 section 2.1, as the text has it: the split is at the largest power of two below the number of leaves."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + tree_head(leaves[:split]) + tree_head(leaves[split:])).digest()


def disclosure(path):
    """Hashes by `sha256sum`, the log's head worked out from its lines, and every table the same in CSV and Parquet."""
    import pyarrow.parquet

    done = subprocess.run(["sha256sum", "--check", "--quiet", "--strict", "MANIFEST.sha256"], cwd=path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    log = (path / "audit/audit.jsonl").read_bytes().splitlines()
    assert (path / "audit/head").read_text().strip() == f"{len(log)}:{tree_head(log).hex()}"
    tables = [(table, table.with_suffix(".parquet")) for table in (path / "tables").glob("*.csv")]
    findings = path / "findings"
    tables += [
        (table, (findings / "parquet" / table.relative_to(findings / "csv")).with_suffix(".parquet"))
        for table in findings.glob("csv/*/*.csv")
    ]
    assert len(tables) > 30, len(tables)
    for text, columns in tables:
        read = pyarrow.parquet.read_table(columns)
        with text.open(newline="", encoding="utf-8") as file:
            head, *rows = csv.reader(file)
        assert head[0] == "marking" and head[1:] == read.column_names, (text, head, read.column_names)
        assert len(rows) == read.num_rows, f"{text}: {len(rows)} rows, {read.num_rows} in Parquet"
        for place, (name, column) in enumerate(zip(read.column_names, read.columns), 1):
            if column.type in (pyarrow.string(), pyarrow.int64(), pyarrow.uint64()):
                given = ["" if value is None else str(value) for value in column.to_pylist()]
                kept = [row[place].removeprefix("'") for row in rows]
                assert kept == given, f"{text}, column {name}"


def replaced(old, new):
    def change(path):
        text = path.read_text()
        assert old in text, f"nothing to break: {old}"
        path.write_text(text.replace(old, new, 1))

    return change


def cut(path):
    path.write_bytes(path.read_bytes()[:-9])


CHECKS = [
    ("case.jsonld", case_uco, None, replaced('startTime":{"@type":"xsd:dateTime"', 'startTime":{"@type":"xsd:string"')),
    ("ftm.jsonl", ftm, None, replaced('"receiver":', '"receiverNumber":["+447700900123"],"receiver":')),
    ("map.kml", kml, None, replaced("<Polygon>", "<Polygon><name>late</name>")),
    ("map.kmz", kmz, None, cut),
    ("map.geojson", geojson, None, replaced('"type":"Polygon"', '"type":"Poligon"')),
    ("graph.graphml", graphml, None, replaced("<graph ", "<grph ")),
    ("graph.gexf", gexf, None, replaced("</nodes>", "</node>")),
    ("chart.anx", anx, None, replaced('End1Id="', 'End1Id="none')),
    ("timeline.jsonl", timesketch, None, replaced('"datetime":"2', '"datetime":"x')),
    ("csv", tables, "events.csv", replaced("+44", "=44")),
    ("i2", i2, "entities.csv", replaced('"+44', '"+4-4')),
    ("parquet", parquet, "events.parquet", cut),
    ("disclosure", disclosure, "audit/audit.jsonl", replaced('"action":"collect"', '"action":"consult"')),
]


def main():
    folder = Path(sys.argv[1])
    wrong = 0
    for name, check, inner, spoil in CHECKS:
        path, began = folder / name, time.monotonic()
        try:
            check(path)
        except Exception as error:  # whatever a reader raises
            print(f"validators: {name}: {type(error).__name__}: {error}", file=sys.stderr)
            wrong += 1
            continue
        spoil(path / inner if inner else path)
        try:
            check(path)
        except Exception:
            print(f"{name}: reads; broken on purpose, it is refused ({time.monotonic() - began:.1f} s)")
        else:
            print(f"validators: {name}: the check does not notice a broken file", file=sys.stderr)
            wrong += 1
    sys.exit(1 if wrong else 0)


main()
