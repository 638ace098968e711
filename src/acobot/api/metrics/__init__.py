"""What Prometheus is told: how questions are answered, of requests and connections, and of the index. No words of them.

Imported only where metrics are asked for: the library decides at its import whether it counts for several processes.
"""

from acobot.api.metrics.counting import Metrics
from acobot.api.metrics.exposing import PATH, endpoint, several_processes
from acobot.api.metrics.requests import RequestMetrics

__all__ = ["PATH", "Metrics", "RequestMetrics", "endpoint", "several_processes"]
