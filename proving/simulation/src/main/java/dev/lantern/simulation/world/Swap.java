package dev.lantern.simulation.world;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Changes one method of a store and leaves the rest as it is.
public final class Swap {
  private Swap() {}

  /// What the method does instead.
  @FunctionalInterface
  public interface Twist {
    /// What the caller gets.
    ///
    /// @param real what it would have done
    @Nullable Object call(Object[] args, Supplier<@Nullable Object> real);
  }

  public static <T> T method(Class<T> contract, T store, String name, Twist twist) {
    return contract.cast(
        Proxy.newProxyInstance(
            contract.getClassLoader(),
            new Class<?>[] {contract},
            (_, method, args) -> {
              Supplier<@Nullable Object> real =
                  () -> {
                    try {
                      return method.invoke(store, args);
                    } catch (InvocationTargetException e) {
                      if (e.getCause() instanceof RuntimeException inside) {
                        throw inside;
                      }
                      if (e.getCause() instanceof Error inside) {
                        throw inside;
                      }
                      throw new IllegalStateException(e);
                    } catch (IllegalAccessException e) {
                      throw new IllegalStateException(e);
                    }
                  };
              Object[] given = args == null ? new Object[0] : args;
              return method.getName().equals(name) ? twist.call(given, real) : real.get();
            }));
  }
}
