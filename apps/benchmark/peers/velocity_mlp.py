"""The velocity network in PyTorch, with the parameters in the flat layout of @brenier/nets: per layer the weights, [inputs,
outputs] row-major, then the bias."""

import numpy
import torch
from packed_arrays import unpack
from torch import nn


def make_network(work):
    """SELU layers on [x, y, t], linear at the end, holding the parameters of the work."""
    widths = [3, *work["hidden"], 2]
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.SELU()]
    network = nn.Sequential(*layers[:-1])
    flat = torch.from_numpy(unpack(work["parameters"], -1))
    offset = 0
    with torch.no_grad():
        for layer in dense_layers(network):
            outputs, inputs = layer.weight.shape
            layer.weight.copy_(flat[offset : offset + inputs * outputs].reshape(inputs, outputs).T)
            offset += inputs * outputs
            layer.bias.copy_(flat[offset : offset + outputs])
            offset += outputs
    return network


def flatten(network, pick):
    """The parameters, or what `pick` takes of each, in the flat layout."""
    parts = []
    for layer in dense_layers(network):
        parts += [pick(layer.weight).T.reshape(-1), pick(layer.bias)]
    return numpy.concatenate([part.detach().numpy() for part in parts])


def make_optimizer(parameters, work, kind):
    """AdamW in one of its three implementations: one kernel for all parameters, one call per operation, or a loop."""
    chosen = {"fused": {"fused": True}, "foreach": {"foreach": True}, "for-loop": {"foreach": False}}[kind]
    return torch.optim.AdamW(parameters, lr=work["learningRate"], weight_decay=work["weightDecay"], **chosen)


def dense_layers(network):
    return [layer for layer in network if isinstance(layer, nn.Linear)]
