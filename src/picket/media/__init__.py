"""fMP4, playlists, clips, JPEG: tools without opinion."""
