"""What OpenAPI says of every field that travels: its meaning, and an example. Data only; docs/api.md says more.

A meaning stands under the field's name, or, where records differ in it, under `Record.field`. The examples are one
made-up conversation with a service about a library.
"""

from __future__ import annotations

from typing import Any

MEANINGS = {
    # An answer
    "status": "what kind of reply it is; show `answer` whatever it is",
    "signposts": "where to turn, beside any status; show those of an emergency or a crisis before all else",
    "limit": "what the sources are known not to say, or null",
    "question": "the question as it was cleaned up",
    "searched_for": "what was really searched for: abbreviations spelled out, with words from the conversation",
    "answer": "the quotes, each with the number of its citation; for every other status the message to show",
    "quotes": "the sentences of the answer, the lead first; at most four",
    "citations": "what the numbers mean: the passages around the quotes",
    "differing": "where sources say different things",
    "confidence": "the probability that the sources answer this question; 0 where nothing was looked for",
    "nearest": "for a refusal, the passages that come closest; they are not an answer",
    "notes": "what to know about the answer, such as how old its sources are",
    "cautions": "the first of `notes`: show them before the quotes",
    "suggestions": "questions that the sources do answer",
    "index": "which index answered",
    # A quote
    "text": "one sentence, word for word: the source's text from `start` to `end`",
    "role": "lead: it answers; also: it adds to it; context: what a quote of its group needs to be understood",
    "group": "quotes of one group belong together",
    "citation": "the number of its citation",
    "source_id": "the id of its source",
    "start": "where it begins in the source's text, in Unicode code points from 0",
    "end": "where it ends in the source's text, in Unicode code points, half-open",
    "href": "the address, on this service, of the source's page with the words marked",
    "emphasis": "the words that answer, as offsets into the same text; none where that is not sure",
    "content_start": "where its words begin in the content, in Unicode code points",
    "content_end": "where its words end in the content, half-open",
    # What a reply is made of
    "sign": "emergency or crisis: show the text before all else; medical: after the answer",
    "Signpost.text": "whom to call, and what this service cannot do",
    "say": "what is said of it; also the `answer`",
    "see": "where to read on: an address of this service or of another site, or null",
    "number": "counts from 1, in the order of the quotes",
    "source": "who published it and when",
    "passage": "the passage, with its headings and its place",
    "about": "what the sources differ about",
    "Difference.citations": "the numbers of the citations on each side",
    "heading": "the headings above it, outermost first; last the page of a PDF",
    "CitedPassage.text": "the passage, word for word",
    "id": "the id; percent-encode it in an address",
    "IndexName.id": "the id of the index: a digest of all that decides its answers",
    # A source
    "title": "its title",
    "publisher": "who published it, or null",
    "author": "who wrote it, or null",
    "published": "an ISO 8601 date, as precise as it is known, or null",
    "updated": "an ISO 8601 date, as precise as it is known, or null",
    "url": "where the original is, or null",
    "licence": "its licence, or null",
    "kind": "original, or summary: our own report of a publication, never to be shown as the publisher's words",
    "summary_of": "for a summary, the title of the publication; else null",
    "valid_until": "the last day on which it holds, an ISO 8601 date, or null",
    "superseded_by": "the id of the source that holds in its place, or null",
    "retrieved": "the day on which its text was fetched from `url`, an ISO 8601 date, or null",
    "sha256": "SHA-256, in hexadecimal, of the UTF-8 of the source's text",
    "SourceText.text": "the citable text, which offsets count in",
    # Lists, searches and batches
    "sources": "the sources, in order of id",
    "next": "the address of what follows, to be asked in the same way; null where nothing does",
    "results": "the passages, best first",
    "rank": "counts from 1",
    "score": "likeness to what was searched for, from 0 to 1, higher is better",
    "BatchReply.results": "one for each question, in their order",
    "BatchResult.answer": "the reply that the question has alone, or null",
    "problem": "what is wrong with the question, or null",
    # Requests
    "AskRequest.question": "1 to 1,000 code points, without control characters and Unicode tag characters",
    "SearchRequest.question": "1 to 1,000 code points, without control characters and Unicode tag characters",
    "questions": "1 to 100 questions, each as it is asked alone",
    "history": "the conversation before the question, oldest first; the last 20 messages are used",
    "HistoryMessage.role": "who said it",
    "content": "what was said; the first 4,000 code points are used",
    "HistoryMessage.status": "of an assistant's message: the `status` of that reply",
    "source_ids": "answer from these sources only; null, or left out: from all",
    "max_quotes": "at most so many quotes beside those that give them meaning; 1 is the lead alone",
    "SearchRequest.limit": "at most so many results",
    # The index, and whether it answers
    "format": "of the files of the index",
    "model": "the model that makes vectors of texts",
    "model_sha256": "the digest of the model's files",
    "dimension": "of the vectors",
    "language": "the language pack",
    "language_sha256": "the digest of the language pack's rules and of how sources are read by them",
    "settings": "what the index was built with",
    "site": "what the service is about",
    "IndexState.sources": "the sources that it was built from; none where it is large: page through /sources",
    "passages": "how many passages there are",
    "sentences": "how many sentences there are",
    "files": "the files of the index; where it is large, without those of token vectors",
    "large": "whether it is stored for size, as an index of very many passages is",
    "built": "when it was built",
    "Site.title": "what the service is called",
    "Site.heading": "the heading of its first page",
    "subject": "what it is about",
    "independent_of": "whom it is independent of",
    "operator": "who runs it",
    "contact": "where to report a wrong answer",
    "file": "the file's name",
    "file_sha256": "the digest of the file as it lies there",
    "SourceEntry.passages": "how many passages it has",
    "path": "the file's path inside the index",
    "bytes": "its size",
    "FileEntry.sha256": "its digest",
    "read_by": "the digest of the language rules by which it was read; empty where they are the index's own",
    "bad_files": "the files that could not be read when the index was last built",
    "BadFile.problem": "which file, and why",
    "instead": "what stands in its place",
    "keeps": "the ids of the sources that are kept as they were",
    "reason": "what is wrong, and what to do",
    "line": "the line in the file, or null",
    "SourceProblem.path": "the file's path among the sources",
    "Alive.status": "always ok",
    "Ready.status": "always ready",
    # Problems
    "Problem.type": "what went wrong; it never changes, so go by it",
    "Problem.title": "the same for people",
    "Problem.status": "the HTTP status",
    "detail": "what is wrong, and what to do",
    "errors": "which values are wrong, where that is known",
    "pointer": "a JSON pointer into the request",
    # OpenAI's chat API
    "messages": "the conversation; the last message of the user is the question",
    "ChatMessage.role": "messages of other roles than user and assistant are passed over",
    "ChatMessage.content": "a text, or parts of which the texts are taken",
    "ChatRequest.model": "acobot, or acobot-links, whose replies end with links to their sources",
    "stream": "whether to send the reply in pieces",
    "stream_options": "what a stream has besides",
    "include_usage": "whether the last chunk has the usage",
    "ChatCompletion.id": "another one for each reply",
    "object": "what it is",
    "created": "seconds since 1970",
    "ChatCompletion.model": "the model that was asked",
    "choices": "the one reply that there is",
    "usage": "lengths in word pieces of the search model; nothing is charged for them",
    "acobot": "what an answer has besides its content",
    "ChatChoice.index": "always 0",
    "message": "the reply",
    "logprobs": "always null",
    "finish_reason": "always stop",
    "ChatReply.role": "always assistant",
    "ChatReply.content": "the answer, each quote with its citation's number; of acobot-links, also the sources",
    "refusal": "always null",
    "annotations": "one for each number in the content",
    "ChatAnnotation.type": "always url_citation",
    "url_citation": "where the number leads",
    "start_index": "where the number begins in the content, in Unicode code points",
    "end_index": "where the number ends in the content, half-open",
    "UrlCitation.title": "whose words they are, and from when",
    "UrlCitation.url": "the absolute address of the source's page with the quote marked",
    "ChatQuote.url": "the absolute address of the source's page with the quote marked",
    "prompt_tokens": "of the question",
    "completion_tokens": "of the content",
    "total_tokens": "of both",
    "Model.id": "acobot, or acobot-links",
    "owned_by": "always acobot",
    "data": "the models",
    "error": "what went wrong",
    "OpenAIError.message": "what is wrong, and what to do",
    "OpenAIError.type": "the kind of error",
    "param": "the value that is wrong, or null",
    "code": "what went wrong; go by it",
}

_TEXT = "Opening hours\n\nThe library opens at nine."
_DIGEST = "3f1c0f3f3f0a3f6c8f7e7f0a5b0f2c9a1d4e6b8c0a2f4e6d8b0c2a4e6f8d0b1c"
_HREF = f"/sources/guide?start=15&end=41&v={_DIGEST[:12]}#quote"
_SOURCE = {
    "id": "guide", "title": "A guide to the library", "publisher": "The library", "author": None,
    "published": "2024-05", "updated": None, "url": "https://example.org/guide", "licence": "CC-BY-4.0",
    "kind": "original", "summary_of": None, "sha256": _DIGEST, "valid_until": None, "superseded_by": None,
    "retrieved": None,
}  # fmt: skip
_PASSAGE = {"heading": ["Opening hours"], "text": "The library opens at nine.", "start": 15, "end": 41}
_QUOTE = {
    "text": "The library opens at nine.", "role": "lead", "group": 1, "citation": 1, "source_id": "guide",
    "start": 15, "end": 41, "href": _HREF, "emphasis": [[33, 40]],
}  # fmt: skip
_CITATION = {"number": 1, "source": _SOURCE, "passage": _PASSAGE, "href": _HREF}
_INDEX = {"id": "37a1d33d476722bc"}
_ANSWER: dict[str, Any] = {
    "status": "answered", "signposts": [], "limit": None, "question": "When does the library open?",
    "searched_for": "When does the library open?", "answer": "The library opens at nine. [1]", "quotes": [_QUOTE],
    "citations": [_CITATION], "differing": [], "confidence": 0.97, "nearest": [], "notes": [],
    "cautions": [], "suggestions": [],
    "index": _INDEX,
}  # fmt: skip
_WRONG = {"pointer": "/limit", "detail": "must be at most 100"}
_PROBLEM = {
    "type": "urn:acobot:problem:invalid-request", "title": "Invalid request", "status": 422,
    "detail": "/limit must be at most 100", "errors": [_WRONG],
}  # fmt: skip
_EARLIER = {"role": "user", "content": "Where is the library?", "status": ""}
_ASKED = {"question": "When does it open?", "history": [_EARLIER], "source_ids": ["guide"], "max_quotes": 2}
_SITE = {
    "title": "Ask the library", "heading": "Ask about the library", "subject": "the library", "operator": "The library",
    "independent_of": "", "contact": "help@example.org",
}  # fmt: skip
_ENTRY = {
    "id": "guide", "file": "guide.md", "file_sha256": _DIGEST, "sha256": _DIGEST, "title": "A guide to the library",
    "passages": 1, "read_by": "",
}  # fmt: skip
_FILE = {"path": "corpus.sqlite", "bytes": 40960, "sha256": _DIGEST}
_FOUND = {"rank": 1, "score": 0.91, "source": _SOURCE, "passage": _PASSAGE, "href": _HREF}
_CITED = {
    "start_index": 27, "end_index": 30, "title": "A guide to the library, The library, May 2024",
    "url": f"https://acobot.example{_HREF}",
}  # fmt: skip
_ANNOTATION = {"type": "url_citation", "url_citation": _CITED}
_REPLY = {"role": "assistant", "content": _ANSWER["answer"], "refusal": None, "annotations": [_ANNOTATION]}
_CHOICE = {"index": 0, "message": _REPLY, "logprobs": None, "finish_reason": "stop"}
_CHAT_QUOTE = {**_QUOTE, "sha256": _DIGEST, "url": _CITED["url"], "content_start": 0, "content_end": 26}
_USAGE = {"prompt_tokens": 6, "completion_tokens": 9, "total_tokens": 15}
_FIELDS = {**_ANSWER, "quotes": [_CHAT_QUOTE]}
_MESSAGE = {"role": "user", "content": "When does the library open?"}
_MODEL = {"id": "acobot", "object": "model", "created": 1764201600, "owned_by": "acobot"}
_ERROR = {
    "message": "there is no model 'other'; there are 'acobot', 'acobot-links'", "type": "invalid_request_error",
    "param": None, "code": "model_not_found",
}  # fmt: skip

_COMPLETION = {
    "id": "chatcmpl-32e34811d6cc4e339a15ebad9c33fa69", "object": "chat.completion", "created": 1764201600,
    "model": "acobot", "choices": [_CHOICE], "usage": _USAGE, "acobot": _FIELDS,
}  # fmt: skip
_MANIFEST = {
    "id": _INDEX["id"], "format": 9, "model": "all-MiniLM-L6-v2", "model_sha256": _DIGEST, "dimension": 384,
    "language": "en", "language_sha256": _DIGEST, "settings": {"asks": True}, "site": _SITE, "sources": [_ENTRY],
    "passages": 1, "sentences": 1, "files": [_FILE], "built": "2026-11-27T10:00:00+00:00",
    "large": False,
}  # fmt: skip

_WHERE = {"path": "fees.md", "reason": "the front matter is never closed; add a line '---' below it", "line": 1}
_BAD = {"problem": _WHERE, "instead": "its last good version stands in its place", "keeps": ["fees"]}

EXAMPLES: dict[str, dict[str, Any]] = {
    "Alive": {"status": "ok"},
    "Answer": _ANSWER,
    "AnswerFields": _FIELDS,
    "AskRequest": _ASKED,
    "BadFile": _BAD,
    "BatchReply": {"results": [{"answer": _ANSWER, "problem": None}]},
    "BatchRequest": {"questions": [_ASKED]},
    "BatchResult": {"answer": None, "problem": _PROBLEM},
    "ChatAnnotation": _ANNOTATION,
    "ChatChoice": _CHOICE,
    "ChatCompletion": _COMPLETION,
    "ChatMessage": _MESSAGE,
    "ChatQuote": _CHAT_QUOTE,
    "ChatReply": _REPLY,
    "ChatRequest": {"messages": [_MESSAGE], "model": "acobot", "stream": False, "stream_options": None},
    "ChatUsage": _USAGE,
    "Citation": _CITATION,
    "CitedPassage": _PASSAGE,
    "CitedSource": _SOURCE,
    "Difference": {"about": "when the library opens", "citations": [[1], [2]]},
    "FieldError": _WRONG,
    "FileEntry": _FILE,
    "HistoryMessage": _EARLIER,
    "IndexName": _INDEX,
    "IndexState": {**_MANIFEST, "bad_files": [_BAD]},
    "LimitSaid": {"say": "The guide does not say who runs the library.", "see": "https://example.org/"},
    "Model": _MODEL,
    "ModelList": {"object": "list", "data": [_MODEL]},
    "OpenAIError": _ERROR,
    "OpenAIErrorReply": {"error": _ERROR},
    "Problem": _PROBLEM,
    "Quote": _QUOTE,
    "Ready": {"status": "ready", "index": _INDEX},
    "SearchReply": {"searched_for": "When does the library open?", "results": [_FOUND], "next": None, "index": _INDEX},
    "SearchRequest": {"question": "When does it open?", "history": [_EARLIER], "limit": 10},
    "SearchResult": _FOUND,
    "Signpost": {"sign": "medical", "text": "This service knows nothing of your health. Ask a doctor."},
    "Site": _SITE,
    "SourceEntry": _ENTRY,
    "SourceProblem": _WHERE,
    "SourceList": {"sources": [_SOURCE], "next": "/api/v1/sources?limit=1&cursor=c291cmNlczpndWlkZQ", "index": _INDEX},
    "SourceText": {**_SOURCE, "text": _TEXT, "index": _INDEX},
    "StreamOptions": {"include_usage": True},
    "UrlCitation": _CITED,
}
