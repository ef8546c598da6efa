package dev.callbus.scenario.simulation;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/** Has a Vert.x run on a simulation's loop and connect through its ports. There is no other host: connections to one are refused. */
final class LoopbackTransport implements Transport {
    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "::1", "0:0:0:0:0:0:0:1");
    private static final InetAddress NOWHERE = nowhere();

    private final SimulatedLoop loop;
    private final Loopback network;

    LoopbackTransport(SimulatedLoop loop, Loopback network) {
        this.loop = loop;
        this.network = network;
    }

    @Override
    public boolean supportFileRegion() {
        return false;
    }

    @Override
    public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
        boolean here = address.isInetSocket() && HERE.contains(address.host());
        return new InetSocketAddress(here ? InetAddress.getLoopbackAddress() : NOWHERE, Math.max(0, address.port()));
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return LocalIoHandler.newFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int nThreads, ThreadFactory threadFactory, int ioRatio) {
        return loop;
    }

    @Override
    public DatagramChannel datagramChannel() {
        throw new UnsupportedOperationException("a simulation has no datagrams");
    }

    @Override
    @SuppressWarnings("deprecation")
    public DatagramChannel datagramChannel(io.netty.channel.socket.InternetProtocolFamily family) {
        return datagramChannel();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return () -> new LoopbackChannel(network);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return () -> new LoopbackServerChannel(network);
    }

    @Override
    public void configure(ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap bootstrap) {
        bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeout);
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        // its options are those of sockets
    }

    /** An address that is nobody's. Source: RFC 5737 */
    private static InetAddress nowhere() {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
