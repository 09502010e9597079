package dev.lantern.proving.present;

import dev.lantern.play.v1.GrabResponse;

/// What a user was told, its token included, and keeps.
record Copy(Holder holder, GrabResponse told) {}
