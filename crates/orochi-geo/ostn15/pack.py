#!/usr/bin/env python3
"""pack.py OSTN15_OSGM15_DataFile.txt[.xz] > ostn15.bin

Packs the east and north shifts of Ordnance Survey's OSTN15 data file. The data file has one line a kilometre intersection, 701 from
west to east in each of 1,251 rows from south to north, shifts in metres with three decimals. The packed table has two unsigned
16-bit numbers for each, little-endian: millimetres of the east shift above 80,000, and of the north shift above -85,000.
Heights are left out: nothing here has one.
"""
import lzma
import struct
import sys

EAST_FROM, NORTH_FROM = 80_000, -85_000
COLUMNS, ROWS = 701, 1251

path = sys.argv[1]
lines = (lzma.open if path.endswith(".xz") else open)(path, "rt")
next(lines)
count = 0
for count, line in enumerate(lines, 1):
    point, easting, northing, east, north = line.split(",")[:5]
    row, column = divmod(count - 1, COLUMNS)
    if (int(point), float(easting), float(northing)) != (count, column * 1000.0, row * 1000.0):
        sys.exit(f"{path}: line {count + 1} is not the intersection at {column} km east, {row} km north")
    shifts = round(float(east) * 1000) - EAST_FROM, round(float(north) * 1000) - NORTH_FROM
    sys.stdout.buffer.write(struct.pack("<HH", *shifts))
if count != COLUMNS * ROWS:
    sys.exit(f"{path}: {count} intersections, expected {COLUMNS * ROWS}")
