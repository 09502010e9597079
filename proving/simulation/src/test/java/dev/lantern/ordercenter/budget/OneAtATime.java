package dev.lantern.ordercenter.budget;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.NullMarked;

/// Lets one call in at a time, as the baton does in a run.
@NullMarked
public final class OneAtATime {
  private OneAtATime() {}

  public static <T> T of(Class<T> contract, T store) {
    ReentrantLock lock = new ReentrantLock();
    return contract.cast(
        Proxy.newProxyInstance(
            contract.getClassLoader(),
            new Class<?>[] {contract},
            (_, method, args) -> {
              lock.lock();
              try {
                return method.invoke(store, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                lock.unlock();
              }
            }));
  }
}
