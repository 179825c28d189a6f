"""Writes stored/*.txt: what the losses of papers, which the tests declare, must give. Needs PyTorch (Debian's python3-torch); the tests that read it do not.

    /usr/bin/python3 tests/references/papers

Each reference follows its paper step by step, with loops over samples, pairs, paths or trees, and shares nothing with the declared formula."""
import pathlib
import sys

folder = pathlib.Path(__file__).parent
sys.path.append(str(folder.parent / "catalogue"))

import forecast
import image
import policy
import ranking
import representation
import sequence_models
import structure

(folder / "stored").mkdir(exist_ok=True)
for file in (forecast, image, policy, ranking, representation, sequence_models, structure):
    file.catalogue.write(folder / "stored")
