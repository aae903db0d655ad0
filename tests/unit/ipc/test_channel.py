import pickle
import struct

from picket.ipc.channel import Channel, make_channel, wait_readable


def test_messages_arrive_whole_and_in_order(ends: tuple[Channel, Channel]) -> None:
    here, there = ends
    sent = [{"n": n, "text": "x" * n} for n in range(20)]
    assert all(here.send(message) for message in sent)
    assert [there.receive() for _ in sent] == sent
    assert there.receive() is None


def test_a_message_larger_than_a_datagram_arrives_whole(ends: tuple[Channel, Channel]) -> None:
    here, there = ends
    blob = bytes(range(256)) * 600  # 150 KiB
    assert here.send(blob)
    assert there.receive() == blob


def test_both_directions_are_apart(ends: tuple[Channel, Channel]) -> None:
    here, there = ends
    here.send("question")
    there.send("answer")
    assert here.receive() == "answer"
    assert there.receive() == "question"


def test_a_full_pipe_refuses_instead_of_waiting(ends: tuple[Channel, Channel]) -> None:
    here, _there = ends
    accepted = 0
    while here.send(b"x" * 30_000):
        accepted += 1
        assert accepted < 10_000
    assert accepted > 0


def test_the_rest_of_a_message_whose_sender_died_is_dropped(ends: tuple[Channel, Channel]) -> None:
    here, there = ends
    header = struct.Struct("<IHH")
    packed = pickle.dumps("never finished")
    here._socket.send(header.pack(7, 0, 2) + packed[:5])  # first of two parts, then death
    assert here.send("after the restart")
    assert there.receive() == "after the restart"


def test_a_part_without_its_beginning_is_dropped(ends: tuple[Channel, Channel]) -> None:
    here, there = ends
    here._socket.send(struct.Struct("<IHH").pack(7, 1, 2) + b"tail")
    here.send("whole")
    assert there.receive() == "whole"


def test_waiting_names_the_channels_that_have_something() -> None:
    pairs = [make_channel() for _ in range(3)]
    pairs[1][0].send("hello")
    ends: list[Channel] = [pair[1] for pair in pairs]
    assert wait_readable(ends, timeout_s=1.0) == [ends[1]]
    ends[1].receive()
    assert wait_readable(ends, timeout_s=0.0) == []
    for end in (end for pair in pairs for end in pair):
        end.close()


def test_who_let_go_of_his_end_is_over_once_all_he_sent_was_received() -> None:
    here, there = make_channel()
    there.send("never read")  # which makes the kernel tell of a reset connection
    here.send("the last words")
    here.close()
    received = []
    while not there.is_over:
        assert wait_readable([there], timeout_s=1.0) == [there]
        received.append(there.receive())
    assert [message for message in received if message is not None] == ["the last words"]
    assert wait_readable([there], timeout_s=0.0) == []
    there.close()
