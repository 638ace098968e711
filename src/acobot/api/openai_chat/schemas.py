"""What travels on /v1, as OpenAI's chat API has it; what is ours alone stands under `acobot`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, FailFast, Field, WithJsonSchema
from pydantic.dataclasses import dataclass

from acobot.answer import Citation, Difference, IndexName, LimitSaid, Quote, Signpost, Status
from acobot.api.schemas import whole_characters

MODEL = "acobot"
LINKED_MODEL = "acobot-links"  # the same; its sources stand under each reply, for programs that show no annotations
MODELS = (MODEL, LINKED_MODEL)


def _text_of(content: object) -> object:
    """A message's text: none, one, or that of its parts; pictures and the like are passed over."""
    if content is None:
        return ""
    if not isinstance(content, list):
        return content
    texts = [part.get("text") for part in content if isinstance(part, dict) and part.get("type") == "text"]
    return "\n".join(text for text in texts if isinstance(text, str))


_CONTENT: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "object"}}, {"type": "null"}]
}


class ChatMessage(BaseModel):
    """One message; those of other roles than `user` and `assistant` are passed over."""

    model_config = ConfigDict(strict=True, extra="ignore")

    role: str
    content: Annotated[str, AfterValidator(whole_characters), BeforeValidator(_text_of), WithJsonSchema(_CONTENT)] = ""


class StreamOptions(BaseModel):
    """What a stream has besides."""

    model_config = ConfigDict(strict=True, extra="ignore")

    include_usage: bool | None = None


class ChatRequest(BaseModel):
    """A conversation to be answered; parameters that mean nothing here are passed over, as OpenAI's API does."""

    model_config = ConfigDict(strict=True, extra="ignore")

    # Of many that are wrong the first is told, for each takes its time.
    messages: Annotated[list[ChatMessage], FailFast(), Field(json_schema_extra={"minItems": 1})]
    model: str = MODEL
    stream: bool | None = None
    stream_options: StreamOptions | None = None


@dataclass(frozen=True)
class UrlCitation:
    """`content[start_index:end_index]` is a number, `[1]`, in code points; the address marks the quote before it."""

    start_index: int
    end_index: int
    title: str
    url: str


@dataclass(frozen=True)
class ChatAnnotation:
    """One citation of the content."""

    type: Literal["url_citation"]
    url_citation: UrlCitation


@dataclass(frozen=True, kw_only=True)
class ChatQuote(Quote):
    """A quote with its source's digest, its absolute address, and where it stands in the content."""

    sha256: str
    url: str
    content_start: int
    content_end: int


@dataclass(frozen=True)
class AnswerFields:
    """What an answer has that OpenAI's shape has no place for, as /api/v1/ask gives it; `answer` as it is read."""

    status: Status
    signposts: tuple[Signpost, ...]
    limit: LimitSaid | None
    question: str
    searched_for: str
    answer: str
    quotes: tuple[ChatQuote, ...]
    citations: tuple[Citation, ...]
    differing: tuple[Difference, ...]
    confidence: float
    nearest: tuple[Citation, ...]
    notes: tuple[str, ...]
    cautions: tuple[str, ...]
    suggestions: tuple[str, ...]
    index: IndexName


@dataclass(frozen=True)
class ChatReply:
    """The assistant's message."""

    role: Literal["assistant"]
    content: str
    refusal: None
    annotations: tuple[ChatAnnotation, ...]


@dataclass(frozen=True)
class ChatChoice:
    """The one reply that there is."""

    index: Literal[0]
    message: ChatReply
    logprobs: None
    finish_reason: Literal["stop"]


@dataclass(frozen=True)
class ChatUsage:
    """How long question and content are, in word pieces of the search model; nothing is charged for them."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


@dataclass(frozen=True)
class ChatCompletion:
    """A whole reply."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: tuple[ChatChoice, ...]
    usage: ChatUsage
    acobot: AnswerFields


@dataclass(frozen=True)
class Model:
    """What can be asked; `created` is when the index was built."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


@dataclass(frozen=True)
class ModelList:
    """All that can be asked."""

    object: Literal["list"]
    data: tuple[Model, ...]


@dataclass(frozen=True)
class OpenAIError:
    """What went wrong, as clients of OpenAI's API read it."""

    message: str
    type: str
    param: str | None
    code: str | None


@dataclass(frozen=True)
class OpenAIErrorReply:
    """Every error on /v1."""

    error: OpenAIError
