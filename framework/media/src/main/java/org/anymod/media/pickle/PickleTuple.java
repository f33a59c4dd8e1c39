package org.anymod.media.pickle;

import java.util.List;

/** A Python tuple. */
record PickleTuple(List<Object> items) {}
