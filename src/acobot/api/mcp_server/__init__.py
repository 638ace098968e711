"""The face that assistants speak to by the Model Context Protocol: /mcp, and `acobot mcp` on standard input and output.

It needs the package `mcp`, which is an extra; nothing here imports it before it is used.
"""
