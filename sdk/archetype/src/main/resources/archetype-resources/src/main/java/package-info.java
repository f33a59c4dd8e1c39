/** The modality {@code ${modality}}. Depends on what the host shares with plugins. */
package ${package};
