"""Writes stored/*.txt: what the catalogue's losses must give. Needs PyTorch (Debian's python3-torch); the tests that read it do not.

    /usr/bin/python3 tests/references/catalogue

To add a loss: a reference function in the file of its class, written without a look at the catalogue's formula and by PyTorch's own function where
there is one, and cases for it: several shapes, every option, and the edges (0, ties, huge scores). The test that reads the result finds the method by
name and parameters, and fails for a loss without a case."""
import pathlib

import batch  # adds to the metric losses
import classification
import divergence
import generative
import metric
import penalties
import preference
import regression
import segmentation
import sequence

folder = pathlib.Path(__file__).parent / "stored"
folder.mkdir(exist_ok=True)
for catalogue in (regression.catalogue, classification.catalogue, divergence.catalogue, segmentation.catalogue, metric.catalogue, generative.catalogue,
                  preference.catalogue, penalties.regularizers, penalties.images, sequence.catalogue):
    catalogue.write(folder)
