"""datatrove: a step of a pipeline. Needs datatrove."""

from typing import Any, Optional

from datatrove.data import Document, DocumentsPipeline
from datatrove.pipeline.base import PipelineStep

from . import Error, Normalizer, __version__

# The repair rules, as the columns of outcomes have them.
REPAIRS = ("mojibake", "entity", "shift", "compatibility", "invisible", "private_use", "gloss")


class Normalize(PipelineStep):
    """Normalizes the text of each document.

    The counts that say something go into the document's metadata, their names behind ``prefix`` (None for none of them):
    ``jianti_changed``, ``jianti_script``, ``jianti_language``, each repair rule, ``jianti_open``, ``jianti_lost``,
    ``jianti_doubtful``, ``jianti_version``; always all of them. A document that cannot be normalized stays as it is, with
    ``jianti_error``, which is None in the others. No document is dropped or added.

    The statistics of a job that was resumed count its last part only; the metadata are the report.
    """

    type = "✂️ - FORMAT"
    name = "简 jianti"

    def __init__(self, normalizer: Optional[Normalizer] = None, *, prefix: Optional[str] = "jianti_") -> None:
        super().__init__()
        self.normalizer = normalizer or Normalizer()
        self.prefix = prefix

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        for document in data:
            self.stat_update("total")
            with self.track_time():
                outcomes = self._one(document)
            if outcomes["error"] is not None:
                self.stat_update("failed")
            elif outcomes["changed"]:
                self.stat_update("changed")
            if self.prefix is not None:
                for name, value in outcomes.items():
                    document.metadata[self.prefix + name] = value
            yield document

    def _one(self, document: Document) -> dict[str, Any]:
        try:
            document.text, outcome = self.normalizer.normalize(document.text)
        except (Error, TypeError) as error:
            outcome, message = None, str(error)
        told = {
            "error": None if outcome else message,
            "language": outcome and outcome.language,
            "script": outcome and outcome.script,
            "changed": bool(outcome and outcome.changed),
        }
        for rule in REPAIRS:
            told[rule] = outcome and outcome.repairs.get(rule, 0)
        told |= {
            "open": outcome and outcome.open,
            "lost": outcome and outcome.lost,
            "doubtful": outcome and outcome.doubtful,
            "version": __version__,
        }
        return told
