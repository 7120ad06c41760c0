package dev.migrator.chaos.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes on what comes to a port of the loopback interface, and can stop doing so: closing connections, holding them
 * without a word, or passing everything on late. Thread-safe.
 */
public final class Proxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;

    /** What becomes of what comes in. */
    private sealed interface Mode {
        record Passing() implements Mode {}

        record Refusing() implements Mode {}

        record Holding() implements Mode {}

        record Late(Duration by) implements Mode {}
    }

    private final ServerSocket server;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Mode mode = new Mode.Passing();

    private Proxy(ServerSocket server, int behind) {
        this.server = server;
        this.behind = behind;
    }

    /** @param port to listen on @param behind to pass on to; nothing needs to listen there yet */
    public static Proxy start(int port, int behind) {
        try {
            var server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            var proxy = new Proxy(server, behind);
            Thread.ofVirtual().name("proxy " + port).start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be listened on", e);
        }
    }

    /** Everything comes through again. */
    public void pass() {
        become(new Mode.Passing());
    }

    /** Connections are closed, and new ones as soon as they are made. */
    public void cut() {
        become(new Mode.Refusing());
        open.forEach(Proxy::close);
    }

    /** Connections stay, and new ones are taken, but nothing comes through either way. */
    public void hold() {
        become(new Mode.Holding());
    }

    /** Everything comes through later by that. */
    public void delay(Duration by) {
        become(new Mode.Late(by));
    }

    private void become(Mode next) {
        lock.lock();
        try {
            mode = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client;
                var there = new Socket()) {
            if (!mayPass()) {
                return;
            }
            there.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), behind), 5_000);
            there.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            open.add(there);
            var back = Thread.ofVirtual().start(() -> pump(there, client));
            pump(client, there);
            back.join();
            open.remove(there);
        } catch (IOException _) {
            // nobody there: whoever came sees its connection closed
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void pump(Socket from, Socket to) {
        var buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!mayPass()) {
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException _) {
            // either side is gone; both are closed
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits while nothing may pass. @return false if the connection is to be closed */
    private boolean mayPass() throws InterruptedException {
        lock.lock();
        try {
            while (mode instanceof Mode.Holding) {
                changed.await();
            }
            if (mode instanceof Mode.Late(var by)) {
                long left = by.toNanos();
                while (left > 0 && mode instanceof Mode.Late) {
                    left = changed.awaitNanos(left);
                }
            }
            return !(mode instanceof Mode.Refusing);
        } finally {
            lock.unlock();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is gone anyhow
        }
    }

    /** Whether nobody has a connection through it within that time. */
    boolean isIdle(Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!open.isEmpty()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException _) {
            // it listens no more, one way or the other
        }
        cut();
    }
}
