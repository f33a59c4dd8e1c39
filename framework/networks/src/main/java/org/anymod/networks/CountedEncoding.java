package org.anymod.networks;

import java.util.List;

/**
 * A tokenizer that knows its matrix products, so that its speed can be held against a machine's.
 */
public interface CountedEncoding {

  /**
   * Returns the products of encoding one value, derived from the shapes of the layers.
   *
   * @return the products; norms, activations and what is not computed by products are left out
   */
  List<MatrixProduct> encodingProducts();
}
