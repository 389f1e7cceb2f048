"""Rivals of the benchmark: one process per number of threads, which speaks JSON lines.

Each line of standard input is a request, each line of standard output its reply; `README.md` has the list. Everything else that
is printed goes to standard error. The process ends with its input, so it never outlives the benchmark.
"""

import os
import sys

THREADS = int(sys.argv[1]) if len(sys.argv) > 1 else 1
# The libraries read these when they are loaded.
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[name] = str(THREADS)

import importlib
import json
import platform
import signal
import time
from importlib.metadata import version

# The module of each kind of work; a library is imported by the first work that needs it.
MODULES = {
    "exact": "exact_transport",
    "exact-batch": "exact_transport",
    "mlp-step": "mlp_step",
    "mlp-walk": "mlp_walk",
    "ot-cfm-run": "ot_cfm_run",
    "unet-step": "unet_step",
}
LIBRARIES = ("torch", "torchcfm", "POT", "numpy", "scipy")


class Session:
    """The work in hand, and how much processor time went by while others had their turn."""

    def __init__(self):
        self.work = None
        self.turn_ended = (time.process_time(), time.perf_counter())

    def hello(self, _):
        return {"versions": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}}

    def prepare(self, request):
        work = request["work"]
        module = importlib.import_module(MODULES[work["kind"]])
        self.work = module.prepare(work, THREADS, request["compiled"])
        return {"name": self.work.name, "variants": self.work.variants}

    def answer(self, request):
        return self.work.answer(request["variant"])

    def time(self, request):
        idle = {
            "processorSeconds": time.process_time() - self.turn_ended[0],
            "seconds": time.perf_counter() - self.turn_ended[1],
        }
        milliseconds = []
        for _ in range(request["samples"]):
            start = time.perf_counter()
            self.work.run(request["variant"], request["units"])
            milliseconds.append(1e3 * (time.perf_counter() - start))
        return {"milliseconds": milliseconds, "idle": idle}

    def release(self, _):
        self.work = None
        return {}


def main():
    # Ctrl-C reaches every process of the terminal; what happens then is decided by the benchmark.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    session = Session()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = {"id": request["id"], "reply": getattr(session, request["do"])(request)}
        except Exception as error:  # Whatever went wrong belongs into the benchmark's report.
            reply = {"id": request["id"], "error": f"{type(error).__name__}: {error}"}
        session.turn_ended = (time.process_time(), time.perf_counter())
        print(json.dumps(reply), file=replies, flush=True)


main()
