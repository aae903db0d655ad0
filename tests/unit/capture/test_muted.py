from picket.capture.muted import Muted
from picket.capture.queue import PacketQueue, StreamOver
from picket.domain.segment import GapReason
from tests.support.packets import STREAM, STREAM_WITH_SOUND, picture, sound


def test_who_is_not_to_hear_gets_pictures_as_if_there_were_no_sound() -> None:
    queue, over = PacketQueue(1000, linger_s=0.5), StreamOver(GapReason.STALLED)
    muted = Muted(queue)
    assert muted.linger_s == 0.5
    for item in (STREAM_WITH_SOUND, picture(0, is_keyframe=True), sound(0), over):
        muted.put(item)
    taken = [queue.get(0.0) for _ in range(4)]
    assert taken == [STREAM, picture(0, is_keyframe=True), over, None]
