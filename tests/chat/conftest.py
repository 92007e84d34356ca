from collections.abc import Iterator

import pytest

from tests.support.model_server import ModelServer, run_model_server


@pytest.fixture(scope="session")
def model_server_process() -> Iterator[ModelServer]:
    with run_model_server() as server:
        yield server


@pytest.fixture
def model_server(model_server_process: ModelServer) -> ModelServer:
    """llmock without a script and without a memory."""
    model_server_process.reset()
    return model_server_process
