import { Component, type ReactNode } from 'react';
import { Button } from './Button';

interface Props {
  /** What broke, as a person would call it. */
  name: string;
  children: ReactNode;
}

interface State {
  message: string | null;
}

/** Keeps a fault in one part of the page from taking the painting, or anything else, with it. */
export class PanelBoundary extends Component<Props, State> {
  override state: State = { message: null };

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    if (this.state.message === null) return this.props.children;
    return (
      <div role="alert" className="rounded-2xl border border-danger/40 bg-danger-soft p-4 text-sm">
        <p className="font-medium">{this.props.name} stopped working.</p>
        <p className="mt-1 text-muted">{this.state.message}</p>
        <Button size="small" className="mt-3" onClick={() => this.setState({ message: null })}>
          Show it again
        </Button>
      </div>
    );
  }
}
