/**
 * Sounds as a modality: a plugin built against the SDK alone. Depends on the SPI, media and
 * networks, which the host provides.
 */
package com.example.sound;
