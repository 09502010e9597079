package dev.lantern.stores.sql;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/// The shared event loops as one connection sees them; keeps hold of the channel that the driver
/// makes.
final class Socket implements LoopResources {

  private final LoopResources shared;
  private volatile @Nullable Channel channel;

  Socket(LoopResources shared) {
    this.shared = shared;
  }

  Channel channel() {
    return Objects.requireNonNull(channel, "connected without a channel");
  }

  void close() {
    Channel open = channel;
    if (open != null) {
      var _ = open.close();
    }
  }

  @Override
  public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
    C made = shared.onChannel(type, group);
    if (made instanceof SocketChannel) {
      channel = made;
    }
    return made;
  }

  @Override
  public <C extends Channel> Class<? extends C> onChannelClass(
      Class<C> type, EventLoopGroup group) {
    return shared.onChannelClass(type, group);
  }

  @Override
  public EventLoopGroup onClient(boolean useNative) {
    return shared.onClient(useNative);
  }

  @Override
  public EventLoopGroup onServer(boolean useNative) {
    return shared.onServer(useNative);
  }

  @Override
  public EventLoopGroup onServerSelect(boolean useNative) {
    return shared.onServerSelect(useNative);
  }

  @Override
  public boolean daemon() {
    return shared.daemon();
  }
}
