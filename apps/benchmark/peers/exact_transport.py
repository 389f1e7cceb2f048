"""Exact transport: POT's network simplex at the best of its settings, and SciPy's assignment where all masses are equal.

POT 0.9.7 ignores `numThreads`: its solver has one thread. Centring the potentials and checking the masses are left out, since ours is
not asked for the one, and the other costs a user nothing to switch off. The cap on pivots is lifted, and a plan counts only where
POT says that it is optimal.
"""

import os
import resource
import sys

# Without this POT loads every array library that is installed, and the memory of the process would be theirs.
for backend in ("PYTORCH", "JAX", "CUPY", "TENSORFLOW"):
    os.environ[f"POT_BACKEND_DISABLE_{backend}"] = "1"

import numpy
import ot
from packed_arrays import unpack
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

MOST_PIVOTS = 2**31 - 1
# Beyond, SciPy takes seconds to minutes where POT takes a fraction of one.
LARGEST_ASSIGNMENT = 2000

# What a variant does with the cost on the clock. The last computes costs whenever it meets them and never holds a matrix, which takes
# minutes where a cost has hundreds of terms.
FROM_POINTS = ("ot.dist, emd", "cdist, emd")
WITHOUT_MATRIX = "emd2_lazy"
LARGEST_DIM_WITHOUT_MATRIX = 10


def prepare(work, threads, _compiled):
    return ExactBatch(work) if work["kind"] == "exact-batch" else Exact(work, threads)


class Exact:
    name = "Python"

    def __init__(self, work, threads):
        count, dim = work["count"], work["dim"]
        self.x, self.y = (unpack(work[end], count, dim).astype(numpy.float64) for end in ("x", "y"))
        masses = work.get("masses")
        self.a, self.b = (normalised(masses[end], count) for end in "ab") if masses else 2 * [numpy.full(count, 1 / count)]
        self.matrix = None if work["given"] == "distances" else cdist(self.x, self.y, "sqeuclidean")
        names = FROM_POINTS if work["given"] == "distances" else ("emd",)
        if work["given"] == "distances" and dim <= LARGEST_DIM_WITHOUT_MATRIX:
            names += (WITHOUT_MATRIX,)
        self.variants = [{"name": name, "group": "POT", "threads": threads_of(name, threads)} for name in names]
        if masses is None and count <= LARGEST_ASSIGNMENT:
            name = "linear_sum_assignment" if self.matrix is not None else "cdist, linear_sum_assignment"
            self.variants.append({"name": name, "group": "SciPy", "threads": 1})
        self.memory_before = memory()[0]

    def answer(self, variant):
        cost = self.solve(variant["name"])
        return {"cost": cost, "memoryBefore": self.memory_before, "memoryPeak": memory()[1]}

    def run(self, variant, units):
        for _ in range(units):
            self.solve(variant["name"])

    def solve(self, name):
        if name.endswith("linear_sum_assignment"):
            matrix = cdist(self.x, self.y, "sqeuclidean") if self.matrix is None else self.matrix
            return float(matrix[linear_sum_assignment(matrix)].sum() / len(self.a))
        if name == WITHOUT_MATRIX:
            cost, log = ot.lp.emd2_lazy(
                self.x, self.y, self.a, self.b, numItermax=MOST_PIVOTS, log=True, center_dual=False, check_marginals=False
            )
            return checked(log, cost)
        if name.startswith("ot.dist"):
            return emd(self.a, self.b, ot.dist(self.x, self.y))
        return emd(self.a, self.b, cdist(self.x, self.y, "sqeuclidean") if self.matrix is None else self.matrix)


class ExactBatch:
    name = "Python"
    variants = [{"name": "emd", "group": "POT", "threads": 1}]

    def __init__(self, work):
        count = work["count"]
        shape = (work["problems"], count, work["dim"])
        x, y = (unpack(work[end], *shape).astype(numpy.float64) for end in ("x", "y"))
        self.matrices = [cdist(*pair, "sqeuclidean") for pair in zip(x, y)]
        self.masses = numpy.full(count, 1 / count)

    def answer(self, _variant):
        return {"cost": sum(emd(self.masses, self.masses, matrix) for matrix in self.matrices)}

    def run(self, _variant, units):
        for _ in range(units):
            for matrix in self.matrices:
                emd(self.masses, self.masses, matrix)


def threads_of(name, threads):
    """`ot.dist` is a product of matrices, which NumPy shares among threads."""
    return threads if name.startswith("ot.dist") else 1


def emd(a, b, matrix):
    _, log = ot.emd(a, b, matrix, numItermax=MOST_PIVOTS, log=True, center_dual=False, check_marginals=False)
    return checked(log, log["cost"])


def checked(log, cost):
    if log["warning"] is not None:
        raise RuntimeError(f"POT did not end at an optimal plan: {log['warning']}")
    return float(cost)


def normalised(packed, count):
    masses = unpack(packed, count).astype(numpy.float64)
    return masses / masses.sum()


def memory():
    """MiB that this process holds, and has held at most."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            fields = dict(line.split(":", 1) for line in status)
        return tuple(int(fields[name].split()[0]) / 2**10 for name in ("VmRSS", "VmHWM"))
    except OSError:
        unit = 2**20 if sys.platform == "darwin" else 2**10
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
        return peak, peak
