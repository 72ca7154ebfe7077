"""Winograd convolutions compute what convolutions do, and no other layer becomes one."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from codiff.layers import conv
from codiff.nets import MaskEncoder
from codiff.train import loop
from codiff.train.winograd import WinogradConv2d, use_winograd


@pytest.mark.parametrize("high, wide, inner, outer", [(4, 4, 5, 3), (8, 16, 3, 7), (16, 16, 8, 8), (12, 4, 1, 1)])
@pytest.mark.parametrize("memory", [torch.contiguous_format, torch.channels_last])
def test_result_and_gradients_are_a_convolutions(high, wide, inner, outer, memory):
    torch.manual_seed(0)
    x = torch.randn(2, inner, high, wide).contiguous(memory_format=memory).requires_grad_()
    net = conv(inner, outer).to(memory_format=memory)
    wanted = F.conv2d(x, net.weight, net.bias, padding=1)
    use_winograd(net)
    found = net(x)
    torch.testing.assert_close(found, wanted, atol=1e-4, rtol=1e-4)
    weights = torch.randn_like(wanted)
    inputs = (x, net.weight, net.bias)
    gradients = [torch.autograd.grad((out * weights).sum(), inputs) for out in (found, wanted)]
    for of_found, of_wanted in zip(*gradients, strict=True):
        torch.testing.assert_close(of_found, of_wanted, atol=1e-3, rtol=1e-4)


def test_other_sizes_are_convolved_as_ever():
    net, x = conv(2, 3), torch.randn(1, 2, 6, 7)
    wanted = net(x)
    use_winograd(net)
    assert torch.equal(net(x), wanted)


def test_only_convolutions_that_can_be_change_and_their_parameters_stay():
    net = MaskEncoder(8)  # three convolutions of stride 2, then one of stride 1
    before = {name: id(parameter) for name, parameter in net.named_parameters()}
    use_winograd(net)
    assert [isinstance(m, WinogradConv2d) for m in net.net if isinstance(m, nn.Conv2d)] == [False, False, False, True]
    assert {name: id(parameter) for name, parameter in net.named_parameters()} == before


@pytest.mark.parametrize("other", [{"bias": False}, {"groups": 2}, {"dilation": 2}, {"padding_mode": "reflect"}])
def test_convolutions_of_another_kind_stay(other):
    net = nn.Conv2d(2, 2, 3, padding=1, **other)
    use_winograd(net)
    assert type(net) is nn.Conv2d


@pytest.mark.parametrize("halves", [False, True])
def test_training_uses_them_where_nothing_multiplies_in_bf16(halves, monkeypatch, tmp_path):
    monkeypatch.setattr(loop, "_halves_are_faster", lambda: halves)
    config = {"id": "tiny", "stages": {"trunk": {"batch": 2, "lr": 0.1, "ema": 0.9}}}
    options = loop.Options("trunk", config, tmp_path, tmp_path, 1, "cpu", resume=False, smoke=True, pack=None)
    net = conv(2, 2)
    loop.fit(options, {"denoiser": net}, lambda batch: net(torch.ones(batch, 2, 4, 4)).square().mean(), lambda _: {})
    assert isinstance(net, WinogradConv2d) != halves
