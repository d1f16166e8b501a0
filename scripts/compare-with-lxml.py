"""How fast Python's lxml reads the workouts of an Apple Health export, beside Supple's own reader:

    cargo run --release -p supple-import --example how_fast -- apple FOLDER 1000
    pip install lxml && python scripts/compare-with-lxml.py FOLDER/export.xml
"""

import os
import resource
import sys
import time

from lxml import etree


def main():
    path = sys.argv[1]
    began = time.monotonic()
    workouts = 0
    for _, element in etree.iterparse(path, events=("end",), tag=("Workout", "Record"), huge_tree=True, recover=True):
        workouts += element.tag == "Workout"
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    seconds = time.monotonic() - began
    size = os.path.getsize(path)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{workouts} workouts, {seconds:.2f} s, {size / 1e6 / seconds:.0f} MB/s of {size} bytes, {held} kB held")


main()
