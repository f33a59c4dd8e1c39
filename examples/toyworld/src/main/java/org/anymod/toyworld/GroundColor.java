package org.anymod.toyworld;

import java.util.Locale;
import org.anymod.toyworld.geometry.Vec3;

/** The colours that captions tell apart on the ground. */
enum GroundColor {
  GREEN(0x6B9B4A, 0x41702F),
  TAN(0xCDB588, 0xA3875A),
  GRAY(0x9A9A98, 0x66676A),
  BROWN(0x8A6646, 0x5C4029),
  WHITE(0xE4E8EC, 0xB4BEC9),
  RED(0xB0614F, 0x7E3B30),
  BLUE(0x6A8FB5, 0x45658C);

  private final Vec3 base;
  private final Vec3 accent;

  GroundColor(int base, int accent) {
    this.base = LinearColor.fromHex(base);
    this.accent = LinearColor.fromHex(accent);
  }

  Vec3 base() {
    return base;
  }

  Vec3 accent() {
    return accent;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
