"""Arrays of float32 as JSON: their bytes, little-endian, in base64."""

import base64

import numpy


def unpack(packed, *shape):
    """The array as a writable NumPy array."""
    return numpy.frombuffer(base64.b64decode(packed["float32"]), dtype="<f4").reshape(shape).copy()


def pack(values):
    """Any array as its float32 bytes."""
    return {"float32": base64.b64encode(numpy.ascontiguousarray(values, dtype="<f4").tobytes()).decode("ascii")}
