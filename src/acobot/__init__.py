"""acobot: answers from sources, word for word, with citations, or says that they do not answer."""

from importlib.metadata import version

__version__ = version("acobot")
