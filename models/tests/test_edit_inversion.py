"""Inverting a face and editing it, with the tiny pack."""

import numpy as np
import pytest

from codiff.compare import psnr
from codiff.edit import inversion
from codiff.edit.face import Settings, Side, edit_face, read_face
from codiff.edit.fixtures import drawn_face, some_region, target_mask
from codiff.edit.picture import to_planes
from codiff.pipeline import Job, Pipeline

SIZE, STEPS = 64, 6
PHOTO, MASK = drawn_face(SIZE)
SOURCE = Job(MASK, "A woman with long blond hair.", 5)
TARGET = Job(target_mask(SIZE), "A man with a beard.", 5)
EVERYWHERE = np.ones((SIZE, SIZE))


@pytest.mark.parametrize("mode", ["both", "fixed", "mask", "text"])
@pytest.mark.parametrize("balance", [0.0, -0.7])
def test_unchanged_conditions_give_the_photo_back(pipeline, latent, mode, balance):
    leaning = inversion.for_editing(pipeline, balance, mode)
    inverted = inversion.invert(leaning, latent, SOURCE, STEPS, mode)
    for strength in (0.3, 1.0):
        again = inversion.edit(leaning, inverted, SOURCE, EVERYWHERE, strength, mode)
        np.testing.assert_allclose(again, latent, atol=1e-5)


def test_the_reconstruction_is_as_good_as_the_codec(pipeline):
    side = Side(MASK, SOURCE.description)
    edited = edit_face(pipeline, PHOTO, side, side, EVERYWHERE, [1.0], Settings(STEPS, 5, "both", 0.0))
    through = pipeline.run("codec_decoder", latent=pipeline.run("codec_encoder", image=to_planes(PHOTO)[None]))[0]
    photo = to_planes(PHOTO).transpose(1, 2, 0)
    for picture in (edited.reconstruction, edited.edits[0]):
        assert abs(psnr(photo, picture) - psnr(photo, through.transpose(1, 2, 0).clip(0, 1))) < 0.5


def test_latents_are_noised_independently_and_as_the_schedule_says(pipeline, latent):
    inverted = inversion.invert(pipeline, latent, SOURCE, STEPS, "both")
    assert inverted.latents.shape == (STEPS + 1, *latent.shape)
    np.testing.assert_array_equal(inverted.latent, latent)
    noise = []
    for step, x in zip(pipeline.plan(STEPS), inverted.latents, strict=False):
        noise.append((x - np.sqrt(step.alpha) * latent) / np.sqrt(1 - step.alpha))
        assert noise[-1].std() == pytest.approx(1, abs=0.15)
    assert abs(np.corrcoef(noise[0].ravel(), noise[1].ravel())[0, 1]) < 0.2


def test_other_conditions_change_more_with_more_strength(pipeline, latent):
    inverted = inversion.invert(pipeline, latent, SOURCE, STEPS, "both")
    changes = [
        np.abs(inversion.edit(pipeline, inverted, TARGET, EVERYWHERE, s, "both") - latent).mean() for s in (0.0, 0.2, 0.5, 1.0)
    ]
    assert changes[0] == 0
    assert changes == sorted(changes)
    assert changes[-1] > 0.05


def test_outside_the_region_the_photo_stays(pipeline, latent):
    inverted = inversion.invert(pipeline, latent, SOURCE, STEPS, "both")
    region = some_region(SIZE)
    edited = inversion.edit(pipeline, inverted, TARGET, region, 1.0, "both")
    inside = inversion.latent_region(region, latent.shape[1:])
    assert 0 < inside.sum() < inside.size
    np.testing.assert_array_equal(edited[:, ~inside], latent[:, ~inside])
    assert np.abs(edited[:, inside] - latent[:, inside]).min(0).mean() > 0.01


def test_one_pixel_makes_a_latent_place_part_of_the_region():
    region = np.zeros((SIZE, SIZE))
    region[15, 8], region[40, 40] = 0.5, 0.49
    inside = inversion.latent_region(region, (8, 8))
    assert np.argwhere(inside).tolist() == [[1, 1]]


def test_strength_counts_steps_from_the_end_halves_up():
    assert [inversion.first_step(s, 5) for s in (0, 0.1, 0.3, 0.7, 1)] == [5, 4, 2, 0, 0]


def test_balance_moves_influence_and_push_between_words_and_mask(pipeline):
    def rules(balance: float, mode: str = "both") -> list[tuple[float, float]]:
        leaning = inversion.for_editing(pipeline, balance, mode).manifest["collaborators"]
        return [(c["influence_scale"], c["guidance"]) for c in leaning]

    (mask_scale, mask), (text_scale, text) = rules(0)
    assert (mask_scale, text_scale) == (2, 1)
    assert text > 1
    assert rules(0.5) == [(2 / 4, 1 + 0.5 * (mask - 1)), (4, 1 + 1.5 * (text - 1))]
    assert rules(-1) == [(2 * 16, 1 + 2 * (mask - 1)), (1 / 16, 1)]
    for mode in ("fixed", "text"):
        assert rules(0.5, mode) == rules(0, mode) == rules(0)


def test_seeds_draw_other_noise_but_the_same_photo(pipeline, latent):
    first, second = (inversion.invert(pipeline, latent, Job(MASK, "a woman", seed), 3, "both") for seed in (1, 2))
    assert np.abs(first.latents[0] - second.latents[0]).max() > 0.5
    np.testing.assert_array_equal(first.latent, second.latent)


def test_a_face_is_read_as_mask_and_words(pipeline, blind_pack, judged_pack):
    side = read_face(pipeline, PHOTO)
    assert side.mask.shape == (SIZE, SIZE)
    assert side.mask.dtype == np.uint8
    assert side.words.startswith("A ")
    assert read_face(Pipeline(blind_pack, 1, 1), PHOTO).words.startswith("A person")
    other_size = Pipeline(judged_pack[0], 1, 1)  # its attribute net reads 256 pixels
    assert read_face(other_size, PHOTO).words.startswith("A ")
