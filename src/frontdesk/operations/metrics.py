"""Metrics in Prometheus's form. Labels hold names from our own code alone, never what came in."""

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from frontdesk.operations.request_counts import RequestCounts


class Metrics:
    """All that is counted in one application; each has a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = RequestCounts()
        self.registry.register(self.requests)
        self._captures = Counter(
            "frontdesk_leads_captured_total",
            "Leads acknowledged, by what became of them: created, merged, replayed.",
            ["outcome"],
            registry=self.registry,
        )
        self._attempts = Counter(
            "frontdesk_delivery_attempts_total",
            "Tries at a destination: delivered, retry, permanent.",
            ["outcome"],
            registry=self.registry,
        )
        self._answers = Counter(
            "frontdesk_answers_total",
            "Replies to visitors by what made them: model, knowledge, offer.",
            ["source"],
            registry=self.registry,
        )
        self._model_failures = Counter(
            "frontdesk_model_failures_total",
            "Requests to a model that gave no whole reply, by provider and fault.",
            ["provider", "fault"],
            registry=self.registry,
        )
        self._model_tokens = Counter(
            "frontdesk_model_tokens_total",
            "Tokens that models used: prompt, output.",
            ["provider", "kind"],
            registry=self.registry,
        )
        self._refusals = Counter(
            "frontdesk_model_refusals_total",
            "Sentences of a model that were not let through, by reason.",
            ["reason"],
            registry=self.registry,
        )
        self._over_budget = Counter(
            "frontdesk_model_over_budget_total",
            "Messages that no model was asked about because a budget was used up: conversation, "
            "project, day.",
            ["scope"],
            registry=self.registry,
        )
        self._deliveries = Gauge(
            "frontdesk_deliveries",
            "Deliveries in storage by state: waiting, delivered, dead.",
            ["state"],
            registry=self.registry,
        )
        self._redis_up: Gauge | None = None
        self._purges: Counter | None = None
        self._housekeeping_failures = Counter(
            "frontdesk_housekeeping_failures_total",
            "Rounds in which something that is too old could not be removed.",
            registry=self.registry,
        )
        self._sites_not_live = Gauge(
            "frontdesk_sites_not_live",
            "Sites that were live and have gone quiet.",
            registry=self.registry,
        )
        self._site_alert_failures = Counter(
            "frontdesk_site_alert_failures_total",
            "Times that a webhook or a mail server did not take an alert about a site.",
            registry=self.registry,
        )

    def count_capture(self, outcome: str) -> None:
        self._captures.labels(outcome).inc()

    def count_attempt(self, outcome: str) -> None:
        self._attempts.labels(outcome).inc()

    def count_answer(self, source: str) -> None:
        self._answers.labels(source).inc()

    def count_model_failure(self, kind: str, fault: str) -> None:
        self._model_failures.labels(kind, fault).inc()

    def count_model_tokens(self, kind: str, prompt_tokens: int, output_tokens: int) -> None:
        self._model_tokens.labels(kind, "prompt").inc(prompt_tokens)
        self._model_tokens.labels(kind, "output").inc(output_tokens)

    def count_refusal(self, reason: str) -> None:
        self._refusals.labels(reason).inc()

    def count_over_budget(self, scope: str) -> None:
        self._over_budget.labels(scope).inc()

    def count_housekeeping_failure(self) -> None:
        self._housekeeping_failures.inc()

    def set_deliveries(self, state: str, count: int) -> None:
        self._deliveries.labels(state).set(count)

    def set_sites_not_live(self, count: int) -> None:
        self._sites_not_live.set(count)

    def count_site_alert_failure(self) -> None:
        self._site_alert_failures.inc()

    def set_redis(self, is_up: bool) -> None:
        """There is no such figure where no Redis is set up."""
        if self._redis_up is None:
            self._redis_up = Gauge(
                "frontdesk_redis_up", "1 while Redis answers, 0 while not.", registry=self.registry
            )
        self._redis_up.set(is_up)

    def note_purge(self, is_taken: bool) -> None:
        """There are no such figures where no CDN is told of settings."""
        if self._purges is None:
            self._purges = Counter(
                "frontdesk_cdn_purges",
                "Times that the CDN was told to ask for settings anew, by whether it took that.",
                ["outcome"],
                registry=self.registry,
            )
        self._purges.labels("taken" if is_taken else "failed").inc()

    def render(self) -> bytes:
        """In the text form of the exposition format."""
        return generate_latest(self.registry)
