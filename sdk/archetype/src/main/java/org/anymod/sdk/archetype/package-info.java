/**
 * Projects of new plugins, from the templates of the Maven archetype in this JAR. Depends on the
 * JDK alone.
 */
package org.anymod.sdk.archetype;
