package dev.callbus.scenario.simulation;

import io.netty.channel.AbstractServerChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What listens at a port of a simulation. */
final class LoopbackServerChannel extends AbstractServerChannel {
    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final Loopback network;
    private @Nullable InetSocketAddress address;
    private boolean open = true;

    LoopbackServerChannel(Loopback network) {
        this.network = network;
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return Objects.requireNonNull(address, "not bound");
    }

    /** Takes a connection; its handlers are there in a later task. */
    LoopbackChannel accept(LoopbackChannel client) {
        var accepted = new LoopbackChannel(this, network, client);
        eventLoop().execute(() -> {
            pipeline().fireChannelRead(accepted);
            pipeline().fireChannelReadComplete();
        });
        return accepted;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open && address != null;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof SimulatedLoop;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return address;
    }

    @Override
    protected void doBind(SocketAddress wanted) throws BindException {
        if (!(wanted instanceof InetSocketAddress inet)) {
            throw new BindException("a simulation has no such address: " + wanted);
        }
        address = network.bind(this, inet);
    }

    @Override
    protected void doClose() {
        open = false;
        if (address != null) {
            network.unbind(address);
        }
    }

    @Override
    protected void doBeginRead() {
        // connections are taken when they are made
    }
}
