"""What containers must know about elementary streams: NAL units, parameter sets, sample entries."""
