package org.anymod.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Owner of tensors with a definite end: closing a scope frees every tensor in it and in the scopes
 * opened from it. Each step of a training or sampling loop runs in a scope of its own.
 */
public final class TensorScope implements AutoCloseable {
  private final TensorScope parent;
  private final NDManager manager;
  private final List<TensorScope> children = new ArrayList<>();
  private NDManager host;

  private TensorScope(TensorScope parent, NDManager manager) {
    this.parent = parent;
    this.manager = manager;
  }

  /**
   * Opens a scope of its own on a device.
   *
   * @param device where its tensors live
   * @return the scope
   */
  public static TensorScope on(Device device) {
    return new TensorScope(null, Torch.baseManager().newSubManager(device));
  }

  /**
   * Opens a scope inside this one.
   *
   * @return the scope, on the same device
   */
  public TensorScope open() {
    TensorScope child = new TensorScope(this, manager.newSubManager());
    synchronized (children) {
      children.add(child);
    }
    return child;
  }

  /**
   * Returns the manager that creates tensors in this scope.
   *
   * @return the manager
   */
  public NDManager manager() {
    return manager;
  }

  /**
   * Returns the manager of tensors in this scope that stay in the memory of the CPU whatever the
   * device: numbers that kernels read as they go, without a wait for the device.
   *
   * @return the manager
   */
  public NDManager host() {
    if (!manager.getDevice().isGpu()) {
      return manager;
    }
    if (host == null) {
      host = manager.newSubManager(Device.cpu());
    }
    return host;
  }

  /**
   * Counts the tensors alive in this scope and all scopes opened from it.
   *
   * @return number of tensors
   */
  public int liveTensors() {
    int count = manager.getManagedArrays().size();
    count += host == null ? 0 : host.getManagedArrays().size();
    synchronized (children) {
      for (TensorScope child : children) {
        count += child.liveTensors();
      }
    }
    return count;
  }

  @Override
  public void close() {
    if (parent != null) {
      synchronized (parent.children) {
        parent.children.remove(this);
      }
    }
    manager.close();
  }
}
