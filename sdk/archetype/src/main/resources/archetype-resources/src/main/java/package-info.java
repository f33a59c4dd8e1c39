/** The modality {@code ${modality}}. Depends on what the host shares with plugins, and nothing else of it. */
package ${package};
