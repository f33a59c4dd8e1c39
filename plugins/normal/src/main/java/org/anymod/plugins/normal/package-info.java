/** Surface normals as tokens. Depends on the SPI, media and networks, which the host provides. */
package org.anymod.plugins.normal;
