package org.anymod.core.sampling;

import java.util.ArrayList;
import java.util.List;
import org.anymod.core.model.ModelModality;
import org.anymod.spi.Kind;

/** Which links of a chain are sampled in the same passes. */
final class LinkGroups {
  private LinkGroups() {}

  /** A grid whose settings say so joins the grid before it. */
  static List<List<Link>> of(List<Link> chain, List<ModelModality> modalities) {
    List<List<Link>> groups = new ArrayList<>();
    boolean gridBefore = false;
    for (Link link : chain) {
      boolean grid = modalities.get(link.modality()).kind() instanceof Kind.TokenGrid;
      if (!(grid && gridBefore && link.settings().together())) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(link);
      gridBefore = grid;
    }
    return groups;
  }
}
