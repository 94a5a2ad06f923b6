/** What to type for an FFmpeg with all encoders, by Node's name of the system. Fedora's own lacks some. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  linux: [
    'Debian: sudo apt install ffmpeg',
    'Fedora: sudo dnf install https://mirrors.rpmfusion.org/free/fedora/rpmfusion-free-release-$(rpm -E %fedora).noarch.rpm && sudo dnf install --allowerasing ffmpeg',
  ],
  darwin: ['macOS: brew install ffmpeg'],
  win32: ['Windows: winget install Gyan.FFmpeg'],
};

/** What to type where FFmpeg is missing, a line for each kind of system. */
export function ffmpegCommands(platform: string = process.platform): readonly string[] {
  return COMMANDS[platform] ?? [];
}
