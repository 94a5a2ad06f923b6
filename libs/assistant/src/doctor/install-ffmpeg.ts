/** Commands that install an FFmpeg with all encoders, by `process.platform`. Fedora's own build lacks some. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  linux: [
    'Debian: sudo apt install ffmpeg',
    'Fedora: sudo dnf install https://mirrors.rpmfusion.org/free/fedora/rpmfusion-free-release-$(rpm -E %fedora).noarch.rpm && sudo dnf install --allowerasing ffmpeg',
  ],
  darwin: ['macOS: brew install ffmpeg'],
  win32: ['Windows: winget install Gyan.FFmpeg'],
};

/** Returns commands to install FFmpeg, one line per kind of system. */
export function ffmpegCommands(platform: string = process.platform): readonly string[] {
  return COMMANDS[platform] ?? [];
}
