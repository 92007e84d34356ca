"""What a message means: what is refused, which part, which of two topics."""

import pytest

from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.retrieval.replying import KnowledgeReply
from tests.chat.evaluation.run import TODAY, load_projects


def ask(project_id: str, text: str, *before: str) -> KnowledgeReply:
    project, knowledge = load_projects()[project_id]
    return KnowledgeDesk().reply(project, knowledge, text, history=before, today=TODAY)


@pytest.mark.parametrize(
    ("project_id", "text", "told", "not_told"),
    [
        ("sahyadri-meadows", "not interested in 2bhk, 3bhk price?", "1.24 crore", "86 lakh"),
        ("sahyadri-meadows", "2bhk nahi chahiye 1bhk ka price batao", "58 lakh", "86 lakh"),
        ("sahyadri-meadows", "I don't want 1 bhk, 2 bhk rate", "86 lakh", "58 lakh"),
        ("sahyadri-meadows", "when is tower D ready", "March 2029", "June 2028"),
        ("sahyadri-meadows", "B tower possession kab hai", "June 2028", "March 2029"),
        ("sahyadri-meadows", "2 bhk possession", "June 2028", "11th slab"),
        ("sahyadri-meadows", "what do the homes cost", "58 lakh", "1,344"),
        ("sahyadri-meadows", "Good morning sir, is there a gym", "gym", "Hello"),
        ("banyan-reserve", "30x40 price", "66 lakh", "1.32"),
        ("banyan-reserve", "price of 2,400 sq ft plot", "1.32 crore", "66 lakh"),
        ("azure-crest", "how much for 1 bed", "1.25 million", "2.1"),
        ("oyster-quay", "townhouse price", "3.2 million", "1.1"),
    ],
)
def test_the_part_that_is_wanted_is_told(
    project_id: str, text: str, told: str, not_told: str
) -> None:
    reply = ask(project_id, text).text
    assert told in reply
    assert not_told not in reply


def test_a_place_that_is_not_listed_is_not_answered_by_one_that_is() -> None:
    assert "14 km" not in ask("banyan-reserve", "distance from hebbal").text
    assert "Nandi Hills Road" not in ask("banyan-reserve", "how far is nandi hills").text
    assert "14 km" in ask("banyan-reserve", "how far is the airport").text


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("registration", "Do you mean possession or taxes and charges?"),
        ("रजिस्ट्री", "आप पज़ेशन के बारे में पूछ रहे हैं या टैक्स और शुल्क के?"),
    ],
)
def test_a_word_with_two_meanings_is_asked_back_about(text: str, question: str) -> None:
    reply = ask("sahyadri-meadows", text)
    assert question in reply.text
    assert reply.form is None
    for choice in reply.quick_replies[:2]:
        answer = ask("sahyadri-meadows", choice)
        assert answer.topics
        assert answer.topics[0] in reply.topics
        assert question not in answer.text


@pytest.mark.parametrize(
    ("project_id", "text", "told", "not_told"),
    [
        ("kohinoor-enclave", "cost of corner site", "1,500", "24,500"),
        ("kohinoor-enclave", "clubhouse when complete", "August 2027", "confirmed"),
        ("kohinoor-enclave", "rate per sq yard", "24,500", "1,500"),
        ("kohinoor-enclave", "how many plots remaining", "96", "418"),
        ("kohinoor-enclave", "north facing plots available?", "confirmed", "750"),
        ("kohinoor-enclave", "east facing extra how much", "750", "1,500"),
        ("kohinoor-enclave", "registry ka kharcha kitna", "7.5%", "P0240"),
        ("casa-mandovi", "what rent can i get", "5 to 6%", "4.85"),
        ("casa-mandovi", "rent a scooty price", "confirmed", "5 to 6%"),
        ("casa-mandovi", "casino timings", "confirmed", "The sales office is open"),
        ("casa-mandovi", "is it furnished", "unfurnished", "confirmed"),
        ("sentinel-bay", "dld fee who pays", "4%", "71843309122"),
        ("kohinoor-enclave", "loan how much percent", "70%", "LIC Housing"),
        ("kohinoor-enclave", "which banks give loans", "LIC Housing", "70%"),
        ("kohinoor-enclave", "paani ki suvidha hai?", "Manjeera", "clubhouse"),
        ("kohinoor-enclave", "kone wala plot ka extra kitna", "1,500", "150, 200"),
        ("kohinoor-enclave", "how wide are the roads", "40 and 60", "confirmed"),
        ("kohinoor-enclave", "is the road black top", "40 and 60", "confirmed"),
        ("kohinoor-enclave", "plot ki registry turant hogi", "7.5%", "150, 200"),
        ("kohinoor-enclave", "paisa kitne din me dena hai", "60 days", "24,500"),
        ("kohinoor-enclave", "gold loan rate", "I can only help", "LIC"),
        ("casa-mandovi", "who designed the villas", "Azulejo", "4.85"),
        ("casa-mandovi", "is there a warranty on the pool", "confirmed", "clubhouse"),
        ("casa-mandovi", "can you book me a hotel", "confirmed", "arrange a visit"),
        ("casa-mandovi", "can you book me a visit", "arrange a visit", "confirmed"),
        ("casa-mandovi", "book a tour of the showhouse", "arrange a visit", "confirmed"),
        ("jan-awas", "मेट्रो यहाँ से कितनी दूर है", "4.6", "जानकारी"),
        ("casa-mandovi", "kya swimming pool hai", "lap pool", "jaankari"),
    ],
)
def test_a_word_that_one_fact_alone_is_called_by_is_what_is_asked_for(
    project_id: str, text: str, told: str, not_told: str
) -> None:
    reply = ask(project_id, text).text
    assert told in reply
    assert not_told not in reply


@pytest.mark.parametrize(
    ("text", "told", "not_told"),
    [
        ("where exactly", "Maritime City", "confirmed"),
        ("where is the sales office", "confirmed", "Maritime City"),
        ("लोकेशन कहाँ है", "Maritime City", "जानकारी"),
        ("how far from airport", "17 minutes", "confirmed"),
        ("how long to difc", "9 minute", "confirmed"),
        ("distance to dubai mall", "confirmed", "9 minute"),
        ("how far is burj khalifa", "confirmed", "skyline"),
        ("service charge per sq ft", "AED 17 to 19", "412"),
        ("is there a swimming pool", "infinity pool", "confirmed"),
        ("is there metro nearby", "confirmed", "9 minute"),
        ("developer name?", "Corniche", "confirmed"),
        ("have they delivered anything before", "14 towers", "Q2 2029"),
        ("visa eligibility", "golden visa", "confirmed"),
        ("can i pay after handover", "Not at the moment", "Q2 2029"),
        ("is payment thru escrow", "Emirates NBD", "60/40"),
        ("my budget is 1.5m aed", "1,420,000", "2,310,000"),
    ],
)
def test_a_project_that_knows_most_in_answers_is_asked_like_any_other(
    text: str, told: str, not_told: str
) -> None:
    reply = ask("sentinel-bay", text).text
    assert told in reply
    assert not_told not in reply


@pytest.mark.parametrize(
    ("before", "text", "told", "not_told"),
    [
        ("studio size?", "price?", "890,000", "1,420,000"),
        ("studio size?", "price list?", "1,420,000", "confirmed"),
        ("parking?", "price?", "1,420,000", "confirmed"),
    ],
)
def test_a_bare_topic_is_asked_of_the_part_before(
    before: str, text: str, told: str, not_told: str
) -> None:
    reply = ask("sentinel-bay", text, before).text
    assert told in reply
    assert not_told not in reply
