package io.gossip.simulator;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The question whether a person looks at what this process complains. */
final class Terminal {

	private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

	private static final List<String> DEVICES = List.of("/dev/pts/", "/dev/tty", "/dev/console");

	private Terminal() {
	}

	/**
	 * Whether standard error is a terminal. Linux tells so of standard error itself;
	 * elsewhere the JDK is asked, which looks at standard input and output.
	 */
	static boolean isStandardError() {
		try {
			return isTerminal(Files.readSymbolicLink(STANDARD_ERROR).toString());
		}
		catch (IOException | UnsupportedOperationException ex) {
			return isConsole(System.console());
		}
	}

	/** Whether a device is a terminal. */
	static boolean isTerminal(String device) {
		return DEVICES.stream().anyMatch(device::startsWith);
	}

	/** From JDK 22 on there is a console even where there is no terminal. */
	private static boolean isConsole(@Nullable Console console) {
		if (console == null) {
			return false;
		}
		try {
			return (boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (NoSuchMethodException ex) {
			return true;
		}
		catch (ReflectiveOperationException ex) {
			return false;
		}
	}

}
