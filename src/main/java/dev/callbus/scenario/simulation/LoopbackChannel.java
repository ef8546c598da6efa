package dev.callbus.scenario.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection within a simulation. What is written is read by the other end in a later task of the loop that both
 * ends are on, so bytes in flight are tasks of the loop, and their order is always the same.
 */
final class LoopbackChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final Loopback network;
    private final Queue<ByteBuf> arrived = new ArrayDeque<>();
    private InetSocketAddress local;
    private @Nullable InetSocketAddress remote;
    private @Nullable LoopbackChannel peer;
    private boolean open = true;
    private boolean reading;
    private boolean due;
    private boolean peerClosed;

    /** One that may connect. */
    LoopbackChannel(Loopback network) {
        super(null);
        this.network = network;
        this.local = network.ephemeral();
    }

    /** The accepted end of a connection. */
    LoopbackChannel(LoopbackServerChannel parent, Loopback network, LoopbackChannel peer) {
        super(parent);
        this.network = network;
        this.local = parent.address();
        this.remote = peer.local;
        this.peer = peer;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open && peer != null;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof SimulatedLoop;
    }

    @Override
    protected SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    protected void doBind(SocketAddress address) {
        // where a client connects from is of no interest
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doClose() {
        open = false;
        arrived.forEach(ByteBuf::release);
        arrived.clear();
        var other = peer;
        if (other != null && other.open) {
            other.peerClosed = true;
            other.deliverSoon();
        }
    }

    @Override
    protected void doBeginRead() {
        reading = true;
        if (!arrived.isEmpty() || peerClosed) {
            deliverSoon();
        }
    }

    /** The bytes of one flush arrive together. Whoever waits for a write may write and flush more, which is sent as well. */
    @Override
    protected void doWrite(ChannelOutboundBuffer out) throws Exception {
        while (out.current() != null) {
            int flushed = out.size();
            send(out);
            // last, for whoever waits for this may close the channel
            for (int i = 0; i < flushed && out.current() != null; i++) {
                out.remove();
            }
        }
    }

    /** Sends what was flushed. It is copied, since either end may reuse or change its own. */
    private void send(ChannelOutboundBuffer out) throws Exception {
        var bytes = Unpooled.buffer((int) Math.max(16, out.totalPendingWriteBytes()));
        out.forEachFlushedMessage(written -> {
            if (written instanceof ByteBuf chunk) {
                bytes.writeBytes(chunk, chunk.readerIndex(), chunk.readableBytes());
            }
            return true;
        });
        var other = peer;
        if (other == null || !other.open || !bytes.isReadable()) {
            bytes.release();
        } else {
            other.arrived.add(bytes);
            other.deliverSoon();
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) {
            return message;
        }
        throw new UnsupportedOperationException("a simulation carries bytes, not " + message.getClass());
    }

    private void deliverSoon() {
        if (!due && isRegistered()) {
            due = true;
            eventLoop().execute(this::deliver);
        }
    }

    private void deliver() {
        due = false;
        if (!reading || !open) {
            return;
        }
        reading = false;
        if (!arrived.isEmpty()) {
            for (var bytes = arrived.poll(); bytes != null; bytes = arrived.poll()) {
                pipeline().fireChannelRead(bytes);
            }
            pipeline().fireChannelReadComplete();
            if (config.isAutoRead() && open) {
                read();
            }
        } else if (peerClosed) {
            unsafe().close(voidPromise());
        }
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Connecting();
    }

    private final class Connecting extends AbstractUnsafe {
        @Override
        public void connect(SocketAddress to, @Nullable SocketAddress from, ChannelPromise promise) {
            if (!promise.setUncancellable() || !ensureOpen(promise)) {
                return;
            }
            if (!(to instanceof InetSocketAddress address)) {
                refuse(promise, new ConnectException("a simulation has no such address: " + to));
                return;
            }
            try {
                var server = network.listener(address);
                remote = address;
                peer = server.accept(LoopbackChannel.this);
            } catch (ConnectException e) {
                refuse(promise, e);
                return;
            }
            eventLoop().execute(() -> {
                safeSetSuccess(promise);
                pipeline().fireChannelActive();
            });
        }

        private void refuse(ChannelPromise promise, ConnectException cause) {
            safeSetFailure(promise, cause);
            close(voidPromise());
        }
    }
}
