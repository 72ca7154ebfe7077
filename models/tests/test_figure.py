import json
import shutil

import numpy as np
import pytest
from PIL import Image

from codiff import figure, pack, samples
from codiff.cli import main
from codiff.pipeline import Job, Pipeline


@pytest.fixture
def mask(tmp_path):
    path = tmp_path / "mask.png"
    Image.fromarray(samples.mask(64)).save(path)
    return path


def call(folder, mask, out, *more) -> None:
    fixed = ("--pack", folder, "--mask", mask, "--out", out, "--threads", 1, "--steps", 10)
    main(["figure", *map(str, (*fixed, "--caption", "a smiling woman", *more))])


def test_the_figure_shows_each_steps_picture_and_influence(tiny_pack, mask, tmp_path):
    out = tmp_path / "new" / "figure.png"
    call(tiny_pack, mask, out, "--seed", 3)
    drawn = np.asarray(Image.open(out))
    frames = []
    pipeline = Pipeline(tiny_pack, 1, 1)
    picture, _ = pipeline.generate([Job(samples.mask(64), "a smiling woman", 3)], 10, 0.0, on_step=frames.append)
    last = pipeline.run("codec_decoder", latent=frames[-1].x0)[0]
    np.testing.assert_allclose(last, picture[0], atol=1e-5)  # the last prediction is the picture
    cell, column = figure.CELL, figure.LABEL + 8 * (figure.CELL + figure.GAP)
    rows = [row for row in range(len(drawn) - cell) if (drawn[row : row + cell, column - 1] == 255).all()]
    expected = figure.heat(frames[-1].weights[1, 0]).repeat(cell // 8, 0).repeat(cell // 8, 1)
    assert any((drawn[row : row + cell, column : column + cell] == expected).all() for row in rows)
    assert (drawn[:, column + cell : column + cell + figure.GAP] == 255).all()


def test_colours_rise_in_lightness():
    colours = figure.heat(np.linspace(0, 1, 64)[None])[0].astype(float)
    assert (np.diff(colours @ [0.299, 0.587, 0.114]) > 0).all()
    assert figure.heat(np.array([[-1.0, 2.0]])).tolist() == [[list(figure.HEAT[0]), list(figure.HEAT[-1])]]


def test_shown_steps():
    assert figure.chosen(3) == [0, 1, 2]
    assert figure.chosen(20) == [0, 3, 5, 8, 11, 14, 16, 19]
    assert figure.chosen(1) == [0]


def fails(capsys, *arguments) -> str:
    with pytest.raises(SystemExit) as stop:
        call(*arguments)
    assert stop.value.code == 2
    return capsys.readouterr().err


def test_bad_arguments(tiny_pack, mask, tmp_path, capsys):
    out = tmp_path / "figure.png"
    assert "--steps must be from 1 to 100" in fails(capsys, tiny_pack, mask, out, "--steps", 0)
    assert "--caption is empty" in fails(capsys, tiny_pack, mask, out, "--caption", " ")
    assert "--seed must be" in fails(capsys, tiny_pack, mask, out, "--seed", -1)
    Image.fromarray(samples.mask(32)).save(mask)
    assert "masks of this pack are 64×64" in fails(capsys, tiny_pack, mask, out)
    assert "not a picture" in fails(capsys, tiny_pack, tmp_path / "none.png", out)
    single = shutil.copytree(tiny_pack, tmp_path / "single")
    about = json.loads((single / pack.MANIFEST).read_text())
    del about["collaborators"][1:]
    (single / pack.MANIFEST).write_text(json.dumps(about))
    assert "one model only" in fails(capsys, single, mask, out)
    assert not out.exists()
