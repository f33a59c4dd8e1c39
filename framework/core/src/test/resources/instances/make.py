"""Writes the files of this folder with NumPy: outlined objects in the published layout, in all protocols.

    python3 make.py
"""

import io
import pickle

import numpy as np


def contour(*points):
    return np.array(points, dtype=np.int32).reshape(-1, 1, 2)


def crops():
    first = contour((1, 2), (30, 2), (30, 40))
    hole = contour((5, 6), (7, 8))
    array = np.empty(2, dtype=object)
    array[0] = {
        "points": [[first], [contour((100, 101), (223, 0)), hole, first]],
        "token_ids": np.arange(32).reshape(2, 16) * 33,
        "bbox": np.array([[2, 1, 40, 30], [0, 100, 101.5, 223]], dtype=np.float32),
    }
    array[1] = {"points": [], "token_ids": np.zeros((0, 16), dtype=np.int64), "bbox": np.zeros((0, 4))}
    return array


def outlines():
    array = np.empty(3, dtype=object)
    array[0] = {"points": [contour((0, 0), (639, 0), (639, 479))]}
    array[1] = {"points": [contour((3, 4)), contour((5, 6), (7, 8))]}
    array[2] = {"points": [np.asfortranarray(np.array([[9, 10], [11, 12], [13, 14]], dtype=np.int64))]}
    return array


def save(name, array, protocol):
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        header, {"descr": "|O", "fortran_order": False, "shape": array.shape}
    )
    with open(name, "wb") as file:
        file.write(header.getvalue())
        pickle.dump(array, file, protocol=protocol)


np.save("crops.npy", crops(), allow_pickle=True)
for protocol in (2, 3, 4, 5):
    save(f"crops-{protocol}.npy", crops(), protocol)
    save(f"outlines-{protocol}.npy", outlines(), protocol)
