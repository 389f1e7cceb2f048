"""OT-CFM as torchcfm documents it: the loop of its tutorials, with the exact plan of POT for every minibatch."""

import numpy
import torch
from packed_arrays import unpack
from torchcfm.conditional_flow_matching import ExactOptimalTransportConditionalFlowMatcher
from velocity_mlp import make_network, make_optimizer


def prepare(work, threads, _compiled):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    numpy.random.seed(0)
    return OtCfmRun(work)


class OtCfmRun:
    name = "torchcfm with POT"
    # The plan takes nine tenths of a step: no need to try more than the quickest optimizer.
    variants = [{"name": "AdamW fused", "group": "eager"}]

    def __init__(self, work):
        self.batch_size = work["batchSize"]
        self.data = torch.from_numpy(unpack(work["data"], -1, 2))
        self.pair = [torch.from_numpy(unpack(work[end], self.batch_size, 2)) for end in ("x0", "x1")]
        self.matcher = ExactOptimalTransportConditionalFlowMatcher(sigma=work["sigma"])
        self.network = make_network(work)
        self.optimizer = make_optimizer(self.network.parameters(), work, "fused")

    def answer(self, _variant):
        x0, x1 = self.pair
        plan = self.matcher.ot_sampler.get_map(x0, x1)
        distances = torch.cdist(x0.double(), x1.double()) ** 2
        return {"cost of the plan": float((plan * distances.numpy()).sum())}

    def run(self, _variant, units):
        for _ in range(units):
            self.optimizer.zero_grad()
            x0 = torch.randn(self.batch_size, 2)
            x1 = self.data[torch.randint(len(self.data), (self.batch_size,))]
            t, xt, ut = self.matcher.sample_location_and_conditional_flow(x0, x1)
            vt = self.network(torch.cat([xt, t[:, None]], dim=-1))
            loss = torch.mean((vt - ut) ** 2)
            loss.backward()
            self.optimizer.step()
