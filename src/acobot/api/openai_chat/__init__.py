"""The face that clients of OpenAI's chat API speak to: /v1/chat/completions and /v1/models."""
