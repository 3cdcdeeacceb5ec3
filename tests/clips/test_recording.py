"""Recordings taken over by the command: converted, trimmed, evened, or refused with a reason."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from bot.clips import ogg
from bot.clips.pack import load_pack
from tests.transcripts.stage import FORM

Run = Callable[..., Result]
SPEECH = "sine=frequency=220:duration={seconds}"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a way to call the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("XIANGWEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XIANGWEN_VOICE__FOLDER", str(tmp_path / "voice"))
    monkeypatch.setenv("XIANGWEN_FORM__FILE", str(FORM))

    def call(*words: str) -> Result:
        return CliRunner().invoke(main, ["voice", *words])

    return call


def record(ffmpeg: str, file: Path, seconds: float, volume: str = "1.0") -> None:
    """Write a tone between two silences."""
    file.parent.mkdir(parents=True, exist_ok=True)
    chain = f"volume={volume},adelay=1500|1500,apad=pad_dur=1.5"
    source = ["-f", "lavfi", "-i", SPEECH.format(seconds=seconds)]
    subprocess.run([ffmpeg, "-v", "error", *source, "-af", chain, str(file)], check=True)


@pytest.mark.parametrize("kind", ["wav", "mp3", "ogg", "m4a"])
def test_a_recording_is_trimmed_and_can_be_heard(
    run: Run, ffmpeg: str, tmp_path: Path, kind: str
) -> None:
    record(ffmpeg, tmp_path / "in" / f"rural_labour-consent.{kind}", 3)
    done = run("import", "in", "--pack", "jin")
    assert done.exit_code == 0, done.output
    clip = tmp_path / "voice" / "jin" / "rural_labour" / "consent.ogg"
    assert ogg.read(clip.read_bytes()).seconds == pytest.approx(3.2, abs=0.3)
    assert next(iter(load_pack(tmp_path / "voice" / "jin").ids)).startswith("您同意填写吗？")


def test_a_quiet_recording_is_made_louder(run: Run, ffmpeg: str, tmp_path: Path) -> None:
    record(ffmpeg, tmp_path / "in" / "numbers" / "1.wav", 0.6, "0.2")
    assert run("import", "in", "--pack", "jin").exit_code == 0
    clip = tmp_path / "voice" / "jin" / "numbers" / "1.ogg"
    command = [ffmpeg, "-i", str(clip), "-af", "volumedetect", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    mean = float(told.partition("mean_volume: ")[2].partition(" dB")[0])
    assert mean == pytest.approx(-20, abs=4)


def test_what_does_not_fit_is_named_with_its_reason_and_the_rest_is_taken(
    run: Run, ffmpeg: str, tmp_path: Path
) -> None:
    record(ffmpeg, tmp_path / "in" / "numbers-1.wav", 0.5)
    record(ffmpeg, tmp_path / "in" / "numbers-2.wav", 30)
    record(ffmpeg, tmp_path / "in" / "rural_labour-consent.wav", 0.2)
    record(ffmpeg, tmp_path / "in" / "nobody.wav", 1)
    record(ffmpeg, tmp_path / "in" / "numbers-4.wav", 1, "0")
    (tmp_path / "in" / "numbers-3.wav").write_bytes(b"RIFF")
    (tmp_path / "in" / "notes.txt").write_text("")
    done = run("import", "in", "--pack", "jin")
    assert done.exit_code == 1
    assert "numbers-2.wav: 30." in done.output
    assert "too long" in done.output
    assert "rural_labour-consent.wav: 0." in done.output
    assert "nobody.wav: no sentence has this name" in done.output
    assert "numbers-3.wav: ffmpeg cannot read it" in done.output
    assert "numbers-4.wav: nothing can be heard" in done.output
    assert "notes.txt: it is none of" in done.output
    assert "1 sentences can be heard, 6 files did not fit" in done.output


def test_missing_lists_what_is_to_be_read_and_what_reads_otherwise_now(
    run: Run, ffmpeg: str, tmp_path: Path
) -> None:
    record(ffmpeg, tmp_path / "in" / "numbers-1.wav", 0.5)
    record(ffmpeg, tmp_path / "in" / "numbers-2.wav", 0.5)
    run("import", "in", "--pack", "jin")
    said = tmp_path / "voice" / "jin" / "said.csv"
    said.write_text(said.read_text("utf-8").replace("numbers/2,二", "numbers/2,两"), "utf-8")
    assert run("missing", "--pack", "jin", "--csv", "list.csv").exit_code == 0
    rows = (tmp_path / "list.csv").read_text("utf-8-sig").splitlines()
    assert rows[0] == "file,sentence,why"
    assert rows[1] == "numbers-2,二,says something else"
    assert rows[2] == "numbers-3,三,not recorded"
    assert any(row.startswith("rural_labour-consent,您同意填写吗？") for row in rows)
    assert "rural_labour-consent" in run("missing", "--pack", "jin").output


def test_without_a_pack_or_without_ffmpeg_it_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("missing")
    assert done.exit_code == 2
    assert "--pack" in done.output
    (tmp_path / "in").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("import", "in", "--pack", "jin")
    assert done.exit_code == 2
    assert "apt-get install ffmpeg" in done.output
